package dev.drover.jobs.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisSharedLimitStore implements SharedLimitStore {

    private static final RedisScript REGISTER = RedisScript.load("queue_register");
    private static final RedisScript PUT = RedisScript.load("limit_put");
    private static final RedisScript SHARE = RedisScript.load("queue_share");

    private final RedisCalls redis;

    RedisSharedLimitStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public List<LimitName> all() {
        List<LimitName> names = new ArrayList<>();
        redis.send(Command.SMEMBERS, LimitKeys.LIMITS).forEach(name -> names.add(new LimitName(name.toString())));
        names.sort(Comparator.comparing(LimitName::value));
        return names;
    }

    @Override
    public Optional<SharedLimit> find(LimitName name) {
        Response found = redis.send(
                Command.HMGET, new LimitKeys(name).settings(), "queues", "concurrency", "rate", "ratePeriodMs");
        if (found.get(0) == null) {
            return Optional.empty();
        }
        return Optional.of(new SharedLimit(
                queues(found.get(0).toString()),
                found.get(1) == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(found.get(1).toInteger()),
                Optional.ofNullable(found.get(2))
                        .map(count -> new Limits.Rate(
                                count.toInteger(),
                                Duration.ofMillis(found.get(3).toLong())))));
    }

    private static List<QueueName> queues(String text) {
        return Arrays.stream(text.split(" "))
                .filter(name -> !name.isEmpty())
                .map(QueueName::new)
                .toList();
    }

    @Override
    public long taken(LimitName name) {
        String now = redis.send(Command.TIME).get(0).toString();
        return redis.send(Command.ZCOUNT, new LimitKeys(name).held(), "(" + now + "000", "+inf")
                .toLong();
    }

    /** The limit stands before a queue is under it, and a queue is no longer under it before it is gone. */
    @Override
    public SetResult set(LimitName name, SharedLimit limit) {
        for (QueueName queue : limit.queues()) {
            Response present = redis.send(Command.HGET, new JobKeys(queue).settings(), "shared");
            if (present != null && !present.toString().equals(name.value())) {
                return new SetResult.UnderAnother(queue, present.toString());
            }
        }
        Response registered =
                redis.run(REGISTER, List.of(LimitKeys.LIMITS), List.of(name.value(), Integer.toString(LIMITS_MAX)));
        if (registered.get(0).toString().equals("full")) {
            return new SetResult.TooMany();
        }
        List<QueueName> before = put(name, Optional.of(limit));
        for (QueueName queue : limit.queues()) {
            Response shared = share(queue, name, true);
            if (shared.get(0).toString().equals("other")) {
                return new SetResult.UnderAnother(queue, shared.get(1).toString());
            }
        }
        before.stream().filter(queue -> !limit.queues().contains(queue)).forEach(queue -> share(queue, name, false));
        return new SetResult.Done();
    }

    @Override
    public void delete(LimitName name) {
        find(name).ifPresent(limit -> limit.queues().forEach(queue -> share(queue, name, false)));
        put(name, Optional.empty());
        redis.send(Command.SREM, LimitKeys.LIMITS, name.value());
    }

    private List<QueueName> put(LimitName name, Optional<SharedLimit> limit) {
        Optional<Limits.Rate> rate = limit.flatMap(SharedLimit::rate);
        OptionalInt concurrency = limit.map(SharedLimit::concurrency).orElse(OptionalInt.empty());
        LimitKeys keys = new LimitKeys(name);
        Response before = redis.run(
                PUT,
                keys.all(),
                List.of(
                        JobKeys.WAKE_PREFIX,
                        limit.map(one -> one.queues().stream()
                                        .map(QueueName::value)
                                        .collect(Collectors.joining(" ")))
                                .orElse(""),
                        concurrency.isPresent() ? Integer.toString(concurrency.getAsInt()) : "",
                        rate.map(one -> Integer.toString(one.count())).orElse(""),
                        rate.map(one -> Long.toString(one.period().toMillis())).orElse("")));
        return queues(before.get(0).toString());
    }

    private Response share(QueueName queue, LimitName name, boolean under) {
        return redis.run(SHARE, List.of(new JobKeys(queue).settings()), List.of(name.value(), under ? "1" : "0"));
    }
}
