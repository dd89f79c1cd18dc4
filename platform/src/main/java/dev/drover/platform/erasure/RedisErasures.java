package dev.drover.platform.erasure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.StoreUnavailableException;

/**
 * An erasure is a hash of its own; the account's slot has a string that names it. An instance that dies while it begins one leaves what the repeat
 * of the request goes on with, because nothing was acknowledged.
 */
@Singleton
final class RedisErasures implements Erasures {

    private static final Duration KEPT = Duration.ofDays(7);
    private static final String ACCOUNT = "account";
    private static final String REQUESTED = "requestedAt";
    private static final String DONE = "done:";
    private static final String FINISHED = "finishedAt";

    private final RedisCalls redis;
    private final JobQueue jobs;
    private final Ids ids;
    private final Clock clock;

    RedisErasures(RedisCalls redis, JobQueue jobs, Ids ids, Clock clock) {
        this.redis = redis;
        this.jobs = jobs;
        this.ids = ids;
        this.clock = clock;
    }

    private static String record(String id) {
        return "drover:{erasure:" + id + "}:record";
    }

    private static String ofAccountKey(String account) {
        return "drover:{" + account + "}:erasure";
    }

    @Override
    public Erasure begin(String account) {
        redis.send(Command.SET, ofAccountKey(account), ids.random(), "NX");
        String id = ofAccount(account).orElseThrow(() -> new StoreUnavailableException("Redis", null));
        redis.send(Command.HSETNX, record(id), REQUESTED, Long.toString(clock.millis()));
        redis.send(Command.HSET, record(id), ACCOUNT, account);
        EnqueueResult result = jobs.enqueue(ErasureJob.of(id));
        if (!(result instanceof EnqueueResult.Enqueued) && !(result instanceof EnqueueResult.AlreadyKnown)) {
            // The queue is full or the store short of memory; asking again later does it.
            throw new StoreUnavailableException("Redis", null);
        }
        return find(id).orElseThrow(() -> new StoreUnavailableException("Redis", null));
    }

    @Override
    public Optional<Erasure> find(String id) {
        Response fields = redis.send(Command.HGETALL, record(id));
        if (fields.get(REQUESTED) == null) {
            return Optional.empty();
        }
        Set<ErasureStep> done = EnumSet.noneOf(ErasureStep.class);
        for (ErasureStep step : ErasureStep.values()) {
            if (fields.get(DONE + step.word()) != null) {
                done.add(step);
            }
        }
        return Optional.of(new Erasure(
                id,
                Optional.ofNullable(fields.get(ACCOUNT)).map(Response::toString),
                done,
                instant(fields.get(REQUESTED)),
                Optional.ofNullable(fields.get(FINISHED)).map(RedisErasures::instant)));
    }

    private static Instant instant(Response millis) {
        return Instant.ofEpochMilli(millis.toLong());
    }

    @Override
    public Optional<String> ofAccount(String account) {
        return Optional.ofNullable(redis.send(Command.GET, ofAccountKey(account)))
                .map(Response::toString);
    }

    @Override
    public void done(String id, ErasureStep step) {
        redis.send(Command.HSET, record(id), DONE + step.word(), Long.toString(clock.millis()));
    }

    /** The account's slot first: as long as the record names the account, a later run finds it. */
    @Override
    public void finish(Erasure erasure) {
        erasure.account().ifPresent(account -> redis.send(Command.DEL, ofAccountKey(account)));
        redis.send(Command.HSET, record(erasure.id()), FINISHED, Long.toString(clock.millis()));
        redis.send(Command.HDEL, record(erasure.id()), ACCOUNT);
        redis.send(Command.PEXPIRE, record(erasure.id()), Long.toString(KEPT.toMillis()));
    }
}
