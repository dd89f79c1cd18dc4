package dev.drover.auth.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.stateless.SoftCache;

/**
 * What Redis's clock shows, by a reading of it and this process's monotonic clock, which runs on while the process is stopped. So how old a
 * request is does not hang on the clocks of two machines, and asking costs no round trip but once in a while.
 */
@Singleton
final class RedisTime {

    private static final long MAX_AGE_NANOS = Duration.ofMinutes(1).toNanos();

    private final RedisCalls redis;

    @SoftCache(
            maxEntries = 1,
            maxAge = "PT1M",
            because = "a reading of Redis's clock; where there is none, one is taken")
    private final AtomicReference<Reading> latest = new AtomicReference<>();

    RedisTime(RedisCalls redis) {
        this.redis = redis;
    }

    /** Never later than it is, so that a request seems older rather than younger. */
    long nowMillis() {
        Reading known = latest.get();
        if (known == null || System.nanoTime() - known.takenNanos() > MAX_AGE_NANOS) {
            known = read();
            latest.set(known);
        }
        return known.millis() + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - known.takenNanos());
    }

    /** The reading seems to be wrong: Redis may be another one now, with another clock. */
    void forget() {
        latest.set(null);
    }

    private Reading read() {
        Response time = redis.send(Command.TIME);
        long millis = time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000;
        return new Reading(millis, System.nanoTime());
    }

    private record Reading(long millis, long takenNanos) {}
}
