package dev.drover.platform.jobs;

import java.time.Duration;
import java.util.List;

/**
 * How long a job rests after each failure. The n-th rest is taken from this, less a random part of it.
 *
 * @param jitterPerMille how much of a rest is random, 0 to 1,000
 */
public sealed interface Backoff {

    int DELAYS_MAX = 50;
    Duration DELAY_MIN = Duration.ofMillis(1);
    Duration DELAY_MAX = Duration.ofDays(30);
    int JITTER_DEFAULT_PER_MILLE = 500;

    int jitterPerMille();

    /** The same each time. */
    record Fixed(Duration delay, int jitterPerMille) implements Backoff {
        public Fixed {
            check(delay, jitterPerMille);
        }
    }

    /** Doubled each time, up to {@code max}. */
    record Exponential(Duration first, Duration max, int jitterPerMille) implements Backoff {
        public Exponential {
            check(first, jitterPerMille);
            check(max, jitterPerMille);
            if (max.compareTo(first) < 0) {
                throw new IllegalArgumentException("the longest delay is below the first: " + max + " < " + first);
            }
        }
    }

    /** One after the other, and then the last again and again. */
    record Custom(List<Duration> delays, int jitterPerMille) implements Backoff {
        public Custom {
            delays = List.copyOf(delays);
            if (delays.isEmpty() || delays.size() > DELAYS_MAX) {
                throw new IllegalArgumentException("a list of delays has 1 to " + DELAYS_MAX + ": " + delays.size());
            }
            delays.forEach(delay -> check(delay, jitterPerMille));
        }
    }

    private static void check(Duration delay, int jitterPerMille) {
        if (delay.compareTo(DELAY_MIN) < 0 || delay.compareTo(DELAY_MAX) > 0) {
            throw new IllegalArgumentException("a delay is 1 ms to " + DELAY_MAX + ": " + delay);
        }
        if (jitterPerMille < 0 || jitterPerMille > 1_000) {
            throw new IllegalArgumentException("jitter is 0 to 1000 per mille: " + jitterPerMille);
        }
    }
}
