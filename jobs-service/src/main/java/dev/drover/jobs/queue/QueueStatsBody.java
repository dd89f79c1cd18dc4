package dev.drover.jobs.queue;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.annotation.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One queue on the wire, with how it has been doing. */
@RegisterForReflection
@Schema(name = "QueueStanding")
record QueueStatsBody(
        String name,
        @Schema(description = "By state") Map<String, Long> counts,

        @Schema(description = "How long the next job could have run and has not")
        long latencyMs,

        @Nullable Instant pausedSince,

        @Schema(description = "Jobs that ended within the last minute")
        Ended lastMinute,

        @Schema(description = "How long the latest 200 jobs that succeeded had waited")
        Percentiles waitMs,

        @Schema(description = "How long they ran") Percentiles runMs) {

    @Schema(name = "QueueRates")
    record Ended(long succeeded, long failed, long dead) {}

    /** Null while nothing has succeeded. */
    @Schema(name = "QueuePercentiles")
    record Percentiles(
            @Nullable Long p50,
            @Nullable Long p95,
            @Nullable Long p99) {

        static Percentiles of(List<Long> ascending) {
            return new Percentiles(
                    QueueStats.percentile(ascending, 50).orElse(null),
                    QueueStats.percentile(ascending, 95).orElse(null),
                    QueueStats.percentile(ascending, 99).orElse(null));
        }
    }

    static QueueStatsBody of(QueueCounts counts, QueueStats stats) {
        QueueBody.One one = QueueBody.One.of(counts);
        return new QueueStatsBody(
                one.name(),
                one.counts(),
                one.latencyMs(),
                stats.pausedSince().orElse(null),
                new Ended(
                        stats.lately().succeeded(),
                        stats.lately().failed(),
                        stats.lately().dead()),
                Percentiles.of(stats.waitMillis()),
                Percentiles.of(stats.runMillis()));
    }
}
