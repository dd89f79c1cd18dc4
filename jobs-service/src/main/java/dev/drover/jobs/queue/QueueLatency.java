package dev.drover.jobs.queue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;

import dev.drover.jobs.worker.WorkerConfig;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.LocalTick;
import dev.drover.platform.stateless.SoftCache;

/**
 * The latency of the queues this instance is configured to serve, for whoever scales workers by it. All instances read the same from Redis;
 * what cannot be read is not a number rather than an old one.
 */
@Singleton
public class QueueLatency {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final QueueStore store;
    private final List<QueueName> queues;

    @SoftCache(
            maxEntries = 100,
            maxAge = "PT5S",
            because = "what was read from Redis last, between one scrape and the next; nothing is decided by it")
    private final Map<QueueName, Double> seconds = new ConcurrentHashMap<>();

    QueueLatency(QueueStore store, WorkerConfig config) {
        this.store = store;
        this.queues = config.queues().stream().map(QueueName::new).toList();
    }

    void measure(@Observes StartupEvent event, MeterRegistry meters) {
        queues.forEach(queue -> Gauge.builder(
                        "drover.queue.latency", this, latency -> latency.seconds.getOrDefault(queue, Double.NaN))
                .description("how long the next job of the queue could have run and has not")
                .baseUnit("seconds")
                .tag("queue", queue.value())
                .register(meters));
    }

    @LocalTick(because = "each instance shows the same latency, read anew from Redis")
    @Scheduled(every = "{drover.jobs.queue.latency-every}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        for (QueueName queue : queues) {
            try {
                seconds.put(queue, store.count(queue).latency().toMillis() / MILLIS_PER_SECOND);
            } catch (StoreUnavailableException e) {
                seconds.remove(queue);
            }
        }
    }
}
