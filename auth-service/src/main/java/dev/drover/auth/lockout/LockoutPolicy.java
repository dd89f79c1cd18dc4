package dev.drover.auth.lockout;

import java.time.Duration;

/**
 * How failures of one subject turn into waiting.
 *
 * @param free     failures without consequence
 * @param delay    after the first one beyond, doubled with each further one
 * @param delayMax at most
 * @param memory   from the last failure on
 * @param judging  how long an attempt counts of which nobody says what came of it
 */
record LockoutPolicy(int free, Duration delay, Duration delayMax, Duration memory, Duration judging) {

    LockoutPolicy {
        if (delayMax.compareTo(delay) < 0) {
            throw new IllegalArgumentException("auth.lockout: delay-max must not be shorter than delay: " + delayMax);
        }
        if (memory.compareTo(delayMax) < 0) {
            throw new IllegalArgumentException("auth.lockout: memory must not be shorter than delay-max: " + memory);
        }
    }

    static LockoutPolicy ofAccounts(LockoutConfig config) {
        return of(config.account().free(), config.account(), config);
    }

    static LockoutPolicy ofAddresses(LockoutConfig config) {
        return of(config.address().free(), config.address(), config);
    }

    private static LockoutPolicy of(int free, LockoutConfig.Delays delays, LockoutConfig config) {
        return new LockoutPolicy(free, delays.delay(), delays.delayMax(), config.memory(), config.judging());
    }
}
