package dev.drover.jobs.queue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Queues on the wire. */
final class QueueBody {

    private QueueBody() {}

    @RegisterForReflection
    @Schema(name = "QueueList")
    record All(List<One> queues) {}

    /** {@code counts} by state; {@code latencyMs}: how long the next job could have run and has not. */
    @RegisterForReflection
    @Schema(name = "Queue")
    record One(String name, Map<String, Long> counts, long latencyMs) {

        static One of(QueueCounts queue) {
            Map<String, Long> counts = new TreeMap<>();
            queue.byState().forEach((state, count) -> counts.put(state.word(), count));
            return new One(queue.queue().value(), counts, queue.latency().toMillis());
        }
    }
}
