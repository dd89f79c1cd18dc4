package dev.drover.jobs.demo;

import java.util.List;
import java.util.Locale;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisCounterStore implements CounterStore {

    private static final RedisScript COUNT = RedisScript.load("demo_count");

    private final RedisCalls redis;
    private final DemoConfig config;

    RedisCounterStore(RedisCalls redis, DemoConfig config) {
        this.redis = redis;
        this.config = config;
    }

    private static String key(Counter counter, String name) {
        return "drover:{demo:" + counter.owner() + ":" + counter.name() + "}:" + name;
    }

    @Override
    public CountResult count(Counter counter, JobId job, long fencingToken, int step) {
        Response answer = redis.run(
                COUNT,
                List.of(key(counter, "tally"), key(counter, "ledger")),
                List.of(
                        job.toString(),
                        Long.toString(fencingToken),
                        Integer.toString(step),
                        Integer.toString(config.jobsMax()),
                        Long.toString(config.keep().toMillis())));
        return CountResult.valueOf(answer.toString().toUpperCase(Locale.ROOT));
    }

    @Override
    public Tally tally(Counter counter) {
        Response found = redis.send(Command.HMGET, key(counter, "tally"), "effects", "repeated", "refused");
        long jobs = redis.send(Command.HLEN, key(counter, "ledger")).toLong();
        return new Tally(number(found.get(0)), number(found.get(1)), number(found.get(2)), jobs);
    }

    private static long number(Response value) {
        return value == null ? 0 : value.toLong();
    }
}
