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

    private static final String NAMES = "names";
    private static final String ERASED = "erased";

    private final RedisCalls redis;
    private final DemoConfig config;

    RedisCounterStore(RedisCalls redis, DemoConfig config) {
        this.redis = redis;
        this.config = config;
    }

    private static String key(Counter counter, String part) {
        return key(counter.owner(), part + ":" + counter.name());
    }

    private static String key(String owner, String part) {
        return "drover:{demo:" + owner + "}:" + part;
    }

    @Override
    public CountResult count(Counter counter, JobId job, long fencingToken, int step) {
        Response answer = redis.run(
                COUNT,
                List.of(
                        key(counter, "tally"),
                        key(counter, "ledger"),
                        key(counter.owner(), NAMES),
                        key(counter.owner(), ERASED)),
                List.of(
                        job.toString(),
                        Long.toString(fencingToken),
                        Integer.toString(step),
                        Integer.toString(config.jobsMax()),
                        Long.toString(config.keep().toMillis()),
                        counter.name(),
                        Integer.toString(config.countersMax())));
        return CountResult.valueOf(answer.toString().toUpperCase(Locale.ROOT));
    }

    @Override
    public Tally tally(Counter counter) {
        Response found = redis.send(Command.HMGET, key(counter, "tally"), "effects", "repeated", "refused");
        long jobs = redis.send(Command.HLEN, key(counter, "ledger")).toLong();
        return new Tally(number(found.get(0)), number(found.get(1)), number(found.get(2)), jobs);
    }

    /** The mark first: nothing is counted from there on. It holds nothing, and outlives every run that still knows the account. */
    @Override
    public void erase(String owner) {
        redis.send(
                Command.SET,
                key(owner, ERASED),
                "",
                "PX",
                Long.toString(config.keep().toMillis()));
        for (Response name : redis.send(Command.ZRANGE, key(owner, NAMES), "0", "-1")) {
            Counter counter = new Counter(owner, name.toString());
            redis.send(Command.UNLINK, key(counter, "tally"), key(counter, "ledger"));
        }
        redis.send(Command.DEL, key(owner, NAMES));
    }

    private static long number(Response value) {
        return value == null ? 0 : value.toLong();
    }
}
