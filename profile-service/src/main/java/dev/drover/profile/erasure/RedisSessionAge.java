package dev.drover.profile.erasure;

import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.redis.client.Command;

import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisCalls;

@Singleton
final class RedisSessionAge implements SessionAge {

    private final RedisCalls redis;

    RedisSessionAge(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Optional<Instant> openedAt(String session) {
        return Optional.ofNullable(redis.send(Command.HGET, SessionKeys.session(session), "createdAt"))
                .map(createdAt -> Instant.parse(createdAt.toString()));
    }
}
