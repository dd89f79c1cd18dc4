package dev.drover.platform.cache;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/**
 * Cache-aside in Redis, shared by all instances. A hit is one read. On a miss one of all who ask, on whatever instance, computes the value; the
 * others wait for it for as long as its lease, and then compute for themselves. What is not there is remembered as such, for a shorter time.
 *
 * <p>Whoever changes what a value is made of deletes the entry's key in the same atomic step. That takes the lease with it, so a value that was
 * computed from what was there before is never stored after. Every value also ends by its time to live, with jitter, so that many stored together do not end
 * together.
 */
@Singleton
public final class SharedCache {

    private static final RedisScript BEGIN = RedisScript.load("cache_begin");
    private static final RedisScript FILL = RedisScript.load("cache_fill");
    private static final String ABSENT = "-";
    private static final String PRESENT = "+";

    private final RedisCalls redis;
    private final CacheConfig config;
    private final Ids ids;
    private final MeterRegistry meters;

    public SharedCache(RedisCalls redis, CacheConfig config, Ids ids, MeterRegistry meters) {
        this.redis = redis;
        this.config = config;
        this.ids = ids;
        this.meters = meters;
    }

    /**
     * What entries of one kind have in common.
     *
     * @param name     of the kind, for the meters
     * @param ttl      of a value, at most; up to a tenth less
     * @param absentTtl of the news that there is none; zero: that is not remembered
     */
    public record Kind(String name, Duration ttl, Duration absentTtl) {

        public Kind {
            if (!ttl.isPositive() || absentTtl.isNegative()) {
                throw new IllegalArgumentException("what is cached must live for some time: " + name);
            }
        }
    }

    /**
     * The value of a key, from the cache or computed. Blocks, so it is for virtual threads. What {@code compute} throws is thrown, and nothing is
     * stored. It must read what it computes from after it was called.
     *
     * @param key a whole name, in the slot of what the value is made of
     */
    public Optional<String> get(Kind kind, String key, Supplier<Optional<String>> compute) {
        Response cached = redis.send(Command.HGET, key, "value");
        if (cached != null) {
            count(kind, "hit");
            return decoded(cached.toString());
        }
        String token = ids.random();
        long endNanos = System.nanoTime() + config.lease().toNanos();
        while (System.nanoTime() - endNanos < 0) {
            Response answer = redis.run(
                    BEGIN,
                    List.of(key),
                    List.of(token, Long.toString(config.lease().toMillis())));
            switch (answer.get(0).toString()) {
                case "hit" -> {
                    count(kind, "stampede_prevented");
                    return decoded(answer.get(1).toString());
                }
                case "lead" -> {
                    count(kind, "miss");
                    return fill(kind, key, token, computed(key, token, compute));
                }
                case "wait" -> pause();
                case String other -> throw new IllegalStateException(BEGIN.name() + " answered " + other);
            }
        }
        count(kind, "wait_ended");
        return compute.get();
    }

    private Optional<String> computed(String key, String token, Supplier<Optional<String>> compute) {
        try {
            return compute.get();
        } catch (RuntimeException e) {
            redis.run(FILL, List.of(key), List.of(token, ABSENT, "0"));
            throw e;
        }
    }

    private Optional<String> fill(Kind kind, String key, String token, Optional<String> value) {
        long ttlMillis = (value.isPresent() ? kind.ttl() : kind.absentTtl()).toMillis();
        long jittered = ttlMillis - ThreadLocalRandom.current().nextLong(ttlMillis / 10 + 1);
        if (ttlMillis == 0) {
            redis.run(FILL, List.of(key), List.of(token, ABSENT, "0"));
            return value;
        }
        redis.run(
                FILL,
                List.of(key),
                List.of(token, value.map(PRESENT::concat).orElse(ABSENT), Long.toString(Math.max(1, jittered))));
        return value;
    }

    private static Optional<String> decoded(String stored) {
        return stored.startsWith(PRESENT) ? Optional.of(stored.substring(1)) : Optional.empty();
    }

    private void pause() {
        long pauseMillis = config.pause().toMillis();
        try {
            Thread.sleep(pauseMillis + ThreadLocalRandom.current().nextLong(pauseMillis + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another instance computes a value", e);
        }
    }

    private void count(Kind kind, String outcome) {
        meters.counter("drover.cache.requests", "cache", kind.name(), "outcome", outcome)
                .increment();
    }
}
