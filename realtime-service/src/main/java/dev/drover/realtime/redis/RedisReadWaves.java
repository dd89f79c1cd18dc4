package dev.drover.realtime.redis;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;

/**
 * Reads a few fields of many hashes, in waves: several are under way at once, but never so many that requests would wait for a pooled
 * connection behind them. The hashes may lie in different slots.
 */
@Singleton
public final class RedisReadWaves {

    private static final int WAVE = 8;

    private final RedisCalls redis;

    RedisReadWaves(RedisCalls redis) {
        this.redis = redis;
    }

    /** The fields' values of each key, in the keys' order. Blocks; fails as a whole when one read fails. */
    public List<Response> hashFields(List<String> keys, String... fields) {
        List<Response> answers = new ArrayList<>(keys.size());
        for (int start = 0; start < keys.size(); start += WAVE) {
            List<Uni<Response>> wave = keys.subList(start, Math.min(keys.size(), start + WAVE)).stream()
                    .map(key -> redis.sendAsync(Command.HMGET, arguments(key, fields)))
                    .toList();
            answers.addAll(Uni.join().all(wave).andFailFast().await().indefinitely());
        }
        return answers;
    }

    private static String[] arguments(String key, String... fields) {
        String[] all = new String[fields.length + 1];
        all[0] = key;
        System.arraycopy(fields, 0, all, 1, fields.length);
        return all;
    }
}
