package dev.drover.auth.session;

import java.time.Duration;

/**
 * The times a session goes by.
 *
 * @param lifetime    from log-in or the last refresh
 * @param maxLifetime from log-in in any case
 * @param grace       within which a refresh token gives the same successor again
 * @param refreshWithin how old a request for a trade may be when it is carried out: a repeat that overtook it must still be in its grace
 * @param tombstone   how long a revoked session is remembered, at least: longer than any token of it
 */
record SessionPolicy(
        Duration lifetime, Duration maxLifetime, Duration grace, Duration refreshWithin, Duration tombstone) {

    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    SessionPolicy {
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("auth.session.lifetime must be positive: " + lifetime);
        }
        if (maxLifetime.compareTo(lifetime) < 0) {
            throw new IllegalArgumentException(
                    "auth.session.max-lifetime must not be shorter than auth.session.lifetime: " + maxLifetime);
        }
        if (grace.compareTo(lifetime) >= 0) {
            throw new IllegalArgumentException(
                    "auth.session.refresh-grace must be shorter than auth.session.lifetime: " + grace);
        }
        if (refreshWithin.compareTo(grace) >= 0) {
            throw new IllegalArgumentException(
                    "auth.session.refresh-within must be shorter than auth.session.refresh-grace: " + refreshWithin);
        }
    }

    static SessionPolicy of(SessionConfig config, Duration tokenLifetime) {
        return new SessionPolicy(
                config.lifetime(),
                config.maxLifetime(),
                config.refreshGrace(),
                config.refreshWithin(),
                tokenLifetime.plus(CLOCKS_APART));
    }
}
