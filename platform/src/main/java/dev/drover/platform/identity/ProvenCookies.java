package dev.drover.platform.identity;

import java.time.Clock;
import java.time.Duration;

import jakarta.inject.Singleton;

/**
 * The cookies whose session has confirmed them to this instance lately. It lets nobody in: the session is asked about every request all the
 * same. It only says whose quota a request may be taken from before the session has answered, as a token's signature does.
 */
@Singleton
final class ProvenCookies {

    private static final Duration AGE_MAX = Duration.ofMinutes(10);

    private final RecentProofs<Boolean> proofs;

    ProvenCookies(Clock clock) {
        this.proofs = new RecentProofs<>(clock, AGE_MAX);
    }

    boolean contains(SessionCookie.Presented cookie) {
        return proofs.find(name(cookie)).isPresent();
    }

    void add(SessionCookie.Presented cookie) {
        proofs.add(name(cookie), true);
    }

    void remove(SessionCookie.Presented cookie) {
        proofs.remove(name(cookie));
    }

    /** The cookie as a whole, without its secret. */
    private static String name(SessionCookie.Presented cookie) {
        return cookie.sessionId() + "." + cookie.sub() + "." + cookie.secretHash();
    }
}
