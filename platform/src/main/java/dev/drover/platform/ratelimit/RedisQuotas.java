package dev.drover.platform.ratelimit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.ratelimit.RouteClass.WithoutAnswer;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** By Redis's own clock, so that the clocks of instances need not agree. */
@Singleton
final class RedisQuotas implements Quotas {

    private static final RedisScript SCRIPT = RedisScript.load("rate_limit");

    private final RedisCalls redis;
    private final Optional<Duration> openTimeout;

    RedisQuotas(RedisCalls redis, RateLimitConfig config) {
        this.redis = redis;
        this.openTimeout = Optional.of(config.openTimeout());
    }

    @Override
    public Uni<Standing> take(Policy policy, Subject subject) {
        return change(
                policy, subject, 1, policy.withoutAnswer() == WithoutAnswer.OPEN ? openTimeout : Optional.empty());
    }

    @Override
    public Uni<Standing> giveBack(Policy policy, Subject subject) {
        return change(policy, subject, -1, openTimeout);
    }

    private Uni<Standing> change(Policy policy, Subject subject, int units, Optional<Duration> within) {
        return redis.runAsync(
                        SCRIPT,
                        List.of(RateLimitKeys.arrival(policy.routeClass(), subject)),
                        List.of(
                                Long.toString(policy.intervalMicros()),
                                Integer.toString(policy.quota().burst()),
                                Integer.toString(units)),
                        within)
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
