package dev.drover.platform.identity;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;

/** One string. */
@Singleton
final class RedisKeySetStore implements KeySetStore {

    private static final String KEY = "drover:{keys}:published";

    private final RedisCalls redis;

    RedisKeySetStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public void put(String keySet) {
        redis.send(Command.SET, KEY, keySet, "PX", Long.toString(KEPT.toMillis()));
    }

    @Override
    public Uni<String> read() {
        return redis.sendAsync(Command.GET, KEY).map(copy -> copy == null ? null : copy.toString());
    }
}
