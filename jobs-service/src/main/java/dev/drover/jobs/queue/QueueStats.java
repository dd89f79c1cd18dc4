package dev.drover.jobs.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a queue has been doing.
 *
 * @param pausedSince empty when it is not
 * @param lately      jobs that ended lately
 * @param waitMillis  how long the latest jobs that succeeded had waited before their last run, in ascending order
 * @param runMillis   how long that run took, in ascending order
 */
public record QueueStats(Optional<Instant> pausedSince, Ended lately, List<Long> waitMillis, List<Long> runMillis) {

    public QueueStats {
        waitMillis = waitMillis.stream().sorted().toList();
        runMillis = runMillis.stream().sorted().toList();
    }

    public record Ended(long succeeded, long failed, long dead) {}

    /** The smallest value that is not below so many percent of them (nearest rank); empty when there are none. */
    static Optional<Long> percentile(List<Long> ascending, int percent) {
        if (ascending.isEmpty()) {
            return Optional.empty();
        }
        int rank = (int) Math.ceil(percent / 100.0 * ascending.size());
        return Optional.of(ascending.get(Math.max(1, rank) - 1));
    }
}
