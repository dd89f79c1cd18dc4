package dev.drover.jobs.lease;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a failed job rests: doubled after each failure up to a limit, and spread so that those that failed together do not return together. */
public record RetryPolicy(Duration first, Duration max) {

    private static final int WHOLE_PER_MILLE = 1_000;

    public RetryPolicy {
        if (first.toMillis() < 1 || max.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "drover.jobs.lease.retry-first must be at least a millisecond and not above retry-max: " + first
                            + ", " + max);
        }
    }

    /** How much of the random part is taken off this time, 0 to 1,000. */
    public int spread() {
        return ThreadLocalRandom.current().nextInt(WHOLE_PER_MILLE + 1);
    }
}
