package dev.drover.auth.lockout;

import java.time.Duration;

/**
 * How failures of one subject turn into waiting.
 *
 * @param free     failures without consequence
 * @param delay    after the first one beyond, doubled with each further one
 * @param delayMax at most
 * @param memory   from the last attempt on
 */
record LockoutPolicy(int free, Duration delay, Duration delayMax, Duration memory) {

    LockoutPolicy {
        if (delayMax.compareTo(delay) < 0) {
            throw new IllegalArgumentException("auth.lockout: delay-max must not be shorter than delay: " + delayMax);
        }
        if (memory.compareTo(delayMax) < 0) {
            throw new IllegalArgumentException("auth.lockout: memory must not be shorter than delay-max: " + memory);
        }
    }

    static LockoutPolicy ofAccounts(LockoutConfig config) {
        LockoutConfig.Rule rule = config.account();
        return new LockoutPolicy(rule.free(), rule.delay(), rule.delayMax(), config.memory());
    }

    static LockoutPolicy ofAddresses(LockoutConfig config) {
        LockoutConfig.AddressRule rule = config.address();
        return new LockoutPolicy(rule.free(), rule.delay(), rule.delayMax(), config.memory());
    }
}
