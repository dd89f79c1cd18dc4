package dev.drover.platform.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import dev.drover.platform.stateless.SoftCache;

/**
 * The cookies whose session has confirmed them to this instance lately. It lets nobody in: the session is asked about every request all the
 * same. It only says whose quota a request may be taken from before the session has answered, as a token's signature does.
 */
@Singleton
final class ProvenCookies {

    private static final int ENTRIES_MAX = 10_000;
    private static final Duration AGE_MAX = Duration.ofMinutes(10);

    private final Clock clock;

    @SoftCache(
            maxEntries = ENTRIES_MAX,
            maxAge = "PT10M",
            because = "a cookie that is missing waits for its session before its account's quota is asked")
    private final Map<String, Instant> provenUntil = new ConcurrentHashMap<>();

    ProvenCookies(Clock clock) {
        this.clock = clock;
    }

    boolean contains(SessionCookie.Presented cookie) {
        Instant until = provenUntil.get(name(cookie));
        return until != null && clock.instant().isBefore(until);
    }

    void add(SessionCookie.Presented cookie) {
        if (provenUntil.size() >= ENTRIES_MAX) {
            makeRoom();
        }
        provenUntil.put(name(cookie), clock.instant().plus(AGE_MAX));
    }

    void remove(SessionCookie.Presented cookie) {
        provenUntil.remove(name(cookie));
    }

    private void makeRoom() {
        Instant now = clock.instant();
        provenUntil.values().removeIf(until -> !now.isBefore(until));
        if (provenUntil.size() >= ENTRIES_MAX) {
            provenUntil.clear();
        }
    }

    /** The cookie as a whole, without its secret. */
    private static String name(SessionCookie.Presented cookie) {
        return cookie.sessionId() + "." + cookie.sub() + "." + SessionCookie.hash(cookie.secret());
    }
}
