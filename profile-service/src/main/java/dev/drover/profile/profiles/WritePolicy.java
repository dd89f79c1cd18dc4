package dev.drover.profile.profiles;

import java.time.Duration;

/**
 * @param attemptsMax how often a write is tried again when others come first and the client does not insist on a version
 * @param remembered  how long a write is known by its Idempotency-Key
 */
record WritePolicy(int attemptsMax, Duration remembered) {

    WritePolicy {
        if (attemptsMax < 1) {
            throw new IllegalArgumentException("there must be at least one attempt: " + attemptsMax);
        }
        if (!remembered.isPositive()) {
            throw new IllegalArgumentException("writes must be remembered for some time: " + remembered);
        }
    }
}
