package dev.drover.platform.ratelimit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** By Redis's own clock, so that the clocks of instances need not agree. */
@Singleton
final class RedisQuotas implements Quotas {

    private static final RedisScript SCRIPT = RedisScript.load("rate_limit");

    private final RedisCalls redis;

    RedisQuotas(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Uni<Standing> take(Policy policy, Subject subject) {
        return change(policy, subject, 1);
    }

    @Override
    public Uni<Standing> giveBack(Policy policy, Subject subject) {
        return change(policy, subject, -1);
    }

    private Uni<Standing> change(Policy policy, Subject subject, int units) {
        return redis.runAsync(
                        SCRIPT,
                        List.of(RateLimitKeys.arrival(policy.routeClass(), subject)),
                        List.of(
                                Long.toString(policy.intervalMicros()),
                                Integer.toString(policy.quota().burst()),
                                Integer.toString(units)))
                .map(RedisQuotas::standing);
    }

    private static Standing standing(Response answer) {
        return new Standing(
                answer.get(0).toLong() == 1,
                answer.get(1).toLong(),
                Duration.of(answer.get(2).toLong(), ChronoUnit.MICROS),
                Duration.of(answer.get(3).toLong(), ChronoUnit.MICROS));
    }
}
