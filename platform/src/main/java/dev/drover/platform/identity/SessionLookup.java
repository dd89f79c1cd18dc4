package dev.drover.platform.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** Asks Redis, in one round trip, what a session is at this moment. Never cached: a revocation counts from the next request on. */
@Singleton
final class SessionLookup {

    /** How old the note of a session's last use may be before a use is written down: so hardly a request writes. */
    static final Duration NOTED_EVERY = Duration.ofMinutes(10);

    private static final RedisScript TOUCH = RedisScript.load("touch_session");
    private static final String SUB = "sub";

    /** Characters of a time of RFC 3339 up to its seconds. */
    private static final int SECONDS = "2026-01-31T12:00:00".length();

    private final RedisCalls redis;
    private final Clock clock;

    SessionLookup(RedisCalls redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** Asynchronous, because the security layer asks from the event loop. */
    Uni<SessionState> find(String sessionId) {
        return redis.sendAsync(
                        Command.HMGET,
                        SessionKeys.session(sessionId),
                        SUB,
                        "roles",
                        "secretHash",
                        "revokedAt",
                        "lastUsedAt",
                        "revokedBecause")
                .invoke(fields -> noteUse(sessionId, fields.get(4)))
                .map(SessionLookup::state);
    }

    /** Nobody waits for it, and that it fails is no loss: the next use tries again. */
    private void noteUse(String sessionId, Response lastUsedAt) {
        Instant now = clock.instant();
        if (lastUsedAt == null || isAfter(lastUsedAt.toString(), now.minus(NOTED_EVERY))) {
            return;
        }
        redis.runAsync(TOUCH, List.of(SessionKeys.session(sessionId)), List.of(now.toString()))
                .subscribe()
                .with(noted -> {}, failure -> {});
    }

    /** To the second, and as texts: every request asks, and reading a time takes several times as long as writing one. */
    static boolean isAfter(String noted, Instant time) {
        String text = time.toString();
        return noted.length() >= SECONDS && noted.substring(0, SECONDS).compareTo(text.substring(0, SECONDS)) > 0;
    }

    private static SessionState state(Response fields) {
        String sub = text(fields.get(0));
        String roles = text(fields.get(1));
        Set<String> all = roles.isEmpty() ? Set.of() : Set.of(roles.split(","));
        if (fields.get(3) != null) {
            return new SessionState.Revoked(sub, all, text(fields.get(2)), text(fields.get(5)));
        }
        return sub.isEmpty() ? new SessionState.Unknown() : new SessionState.Live(sub, all, text(fields.get(2)));
    }

    private static String text(Response field) {
        return field == null ? "" : field.toString();
    }

    sealed interface SessionState {
        record Live(String sub, Set<String> roles, String secretHash) implements SessionState {}

        /** The account is empty of a session that was revoked before it was opened. */
        record Revoked(String sub, Set<String> roles, String secretHash, String because) implements SessionState {}

        /** Expired, or never was. */
        record Unknown() implements SessionState {}
    }
}
