package dev.drover.jobs.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What runs of a queue at once, and how often one begins: of the whole queue, and of each of its groups. */
record Limits(OptionalInt concurrency, Optional<Rate> rate, OptionalInt groupConcurrency, Optional<Rate> groupRate) {

    static final int CONCURRENCY_MAX = 1_000_000;

    Limits {
        check(concurrency);
        check(groupConcurrency);
    }

    private static void check(OptionalInt concurrency) {
        if (concurrency.isPresent() && (concurrency.getAsInt() < 1 || concurrency.getAsInt() > CONCURRENCY_MAX)) {
            throw new IllegalArgumentException("concurrency is 1 to " + CONCURRENCY_MAX + ": " + concurrency);
        }
    }

    /** At most {@code count} begin at once; a place is free again after {@code period} divided by it. */
    record Rate(int count, Duration period) {

        static final int COUNT_MAX = 1_000_000;
        static final Duration PERIOD_MAX = Duration.ofDays(1);

        Rate {
            if (count < 1 || count > COUNT_MAX) {
                throw new IllegalArgumentException("count is 1 to " + COUNT_MAX + ": " + count);
            }
            if (period.toMillis() < 1 || period.compareTo(PERIOD_MAX) > 0) {
                throw new IllegalArgumentException("period is 1 ms to " + PERIOD_MAX + ": " + period);
            }
        }
    }
}
