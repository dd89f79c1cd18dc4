package dev.drover.jobs.lease;

import java.time.Duration;

/** How long a failed job rests: doubled after each failure up to a limit, and spread so that those that failed together do not return together. */
record RetryPolicy(Duration first, Duration max) {

    RetryPolicy {
        if (first.toMillis() < 1 || max.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "drover.jobs.lease.retry-first must be at least a millisecond and not above retry-max: " + first
                            + ", " + max);
        }
    }
}
