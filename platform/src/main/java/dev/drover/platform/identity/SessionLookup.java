package dev.drover.platform.identity;

import java.util.Set;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;

/** Asks Redis, in one round trip, what a session is at this moment. Never cached: a revocation counts from the next request on. */
@Singleton
final class SessionLookup {

    private final RedisCalls redis;

    SessionLookup(RedisCalls redis) {
        this.redis = redis;
    }

    /** Asynchronous, because the security layer asks from the event loop. */
    Uni<SessionState> find(String sessionId) {
        return redis.sendAsync(Command.HMGET, SessionKeys.session(sessionId), "sub", "roles", "secretHash", "revokedAt")
                .map(SessionLookup::state);
    }

    private static SessionState state(Response fields) {
        if (fields.get(3) != null) {
            return new SessionState.Revoked();
        }
        if (fields.get(0) == null) {
            return new SessionState.Unknown();
        }
        String roles = fields.get(1) == null ? "" : fields.get(1).toString();
        return new SessionState.Live(
                fields.get(0).toString(),
                roles.isEmpty() ? Set.of() : Set.of(roles.split(",")),
                fields.get(2) == null ? "" : fields.get(2).toString());
    }

    sealed interface SessionState {
        record Live(String sub, Set<String> roles, String secretHash) implements SessionState {}

        record Revoked() implements SessionState {}

        /** Expired, or never was. */
        record Unknown() implements SessionState {}
    }
}
