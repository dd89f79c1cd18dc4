package dev.drover.auth.mfa;

import java.time.Duration;

/**
 * The bounds on guessing.
 *
 * @param failuresMax   wrong codes in a row before an account has to wait
 * @param firstPause    doubled with each further wrong code
 * @param longestPause  and never longer
 * @param confirmWithin the life of a secret nobody confirmed
 */
record MfaPolicy(int failuresMax, Duration firstPause, Duration longestPause, Duration confirmWithin) {

    MfaPolicy {
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "auth.mfa.longest-pause must not be shorter than auth.mfa.first-pause: " + longestPause);
        }
    }

    static MfaPolicy of(MfaConfig config) {
        return new MfaPolicy(config.failuresMax(), config.firstPause(), config.longestPause(), config.confirmWithin());
    }
}
