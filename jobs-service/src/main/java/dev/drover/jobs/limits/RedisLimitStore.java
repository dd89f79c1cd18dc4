package dev.drover.jobs.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.jobs.limits.Limits.Rate;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisLimitStore implements LimitStore {

    private static final RedisScript SET = RedisScript.load("queue_limits");

    private static final String CONCURRENCY = "concurrency";
    private static final String RATE = "rate";
    private static final String PERIOD = "ratePeriodMs";
    private static final String GROUP_CONCURRENCY = "groupConcurrency";
    private static final String GROUP_RATE = "groupRate";
    private static final String GROUP_PERIOD = "groupRatePeriodMs";

    private final RedisCalls redis;

    RedisLimitStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Limits find(QueueName queue) {
        Response found = redis.send(
                Command.HMGET,
                new JobKeys(queue).settings(),
                CONCURRENCY,
                RATE,
                PERIOD,
                GROUP_CONCURRENCY,
                GROUP_RATE,
                GROUP_PERIOD);
        return new Limits(
                number(found.get(0)),
                rate(found.get(1), found.get(2)),
                number(found.get(3)),
                rate(found.get(4), found.get(5)));
    }

    @Override
    public void set(QueueName queue, Limits limits) {
        JobKeys keys = new JobKeys(queue);
        List<String> args = new ArrayList<>();
        args.add(keys.wake());
        add(args, CONCURRENCY, limits.concurrency());
        add(args, limits.rate(), RATE, PERIOD);
        add(args, GROUP_CONCURRENCY, limits.groupConcurrency());
        add(args, limits.groupRate(), GROUP_RATE, GROUP_PERIOD);
        redis.run(SET, keys.all(), args);
    }

    private static void add(List<String> args, String name, OptionalInt value) {
        args.add(name);
        args.add(value.isPresent() ? Integer.toString(value.getAsInt()) : "");
    }

    private static void add(List<String> args, Optional<Rate> rate, String count, String period) {
        args.add(count);
        args.add(rate.map(one -> Integer.toString(one.count())).orElse(""));
        args.add(period);
        args.add(rate.map(one -> Long.toString(one.period().toMillis())).orElse(""));
    }

    private static OptionalInt number(Response value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value.toInteger());
    }

    private static Optional<Rate> rate(Response count, Response period) {
        return count == null
                ? Optional.empty()
                : Optional.of(new Rate(count.toInteger(), Duration.ofMillis(period.toLong())));
    }
}
