package dev.drover.jobs.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.jobs.job.JobRecord;
import dev.drover.jobs.job.JobState;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisLeaseStore implements LeaseStore {

    private static final RedisScript LEASE = RedisScript.load("job_lease");
    private static final RedisScript EXTEND = RedisScript.load("job_extend");
    private static final RedisScript COMPLETE = RedisScript.load("job_complete");
    private static final RedisScript FAIL = RedisScript.load("job_fail");
    private static final RedisScript HAND_BACK = RedisScript.load("job_hand_back");

    private static final int FULL_DELAY_PER_MILLE = 1_000;
    private static final String RUNS_MAX = Integer.toString(JobRecord.RUNS_MAX);

    private final RedisCalls redis;
    private final RetryPolicy retry;
    private final int promoteMax;

    RedisLeaseStore(RedisCalls redis, LeaseConfig config) {
        this.redis = redis;
        this.retry = new RetryPolicy(config.retryFirst(), config.retryMax());
        this.promoteMax = config.promoteMax();
    }

    @Override
    public Batch lease(QueueName queue, LeaseTerms terms) {
        JobKeys keys = new JobKeys(queue);
        Response answer = redis.run(
                LEASE,
                List.of(
                        keys.jobs(),
                        keys.payloads(),
                        keys.checkpoints(),
                        keys.waiting(),
                        keys.scheduled(),
                        keys.active(),
                        keys.counters()),
                List.of(
                        Integer.toString(terms.jobsMax()),
                        millis(terms.length()),
                        terms.worker(),
                        Integer.toString(promoteMax),
                        keys.wake()));
        List<Lease> leases = new ArrayList<>();
        for (int i = 2; i < answer.size(); i++) {
            leases.add(lease(answer.get(i)));
        }
        return new Batch(leases, present(answer.get(1)).map(Long::parseLong).map(Duration::ofMillis));
    }

    private static Lease lease(Response job) {
        JobId id = JobId.parse(job.get(0).toString()).orElseThrow();
        return new Lease(
                new Hold(id, Long.parseLong(job.get(5).toString())),
                job.get(1).toString(),
                job.get(2).toString(),
                job.get(3).toString(),
                Integer.parseInt(job.get(4).toString()),
                instant(job.get(6).toString()),
                present(job.get(7)),
                Duration.ofMillis(Long.parseLong(job.get(8).toString())),
                present(job.get(9)));
    }

    @Override
    public HoldResult extend(Hold hold, Duration length) {
        return hold(hold, millis(length), "", "");
    }

    @Override
    public HoldResult report(Hold hold, OptionalInt percent, Optional<String> checkpoint) {
        String progress = percent.isPresent() ? Integer.toString(percent.getAsInt()) : "";
        return hold(hold, "", progress, checkpoint.orElse(""));
    }

    private HoldResult hold(Hold hold, String lengthMillis, String percent, String checkpoint) {
        JobKeys keys = JobKeys.of(hold.id());
        Response answer = redis.run(
                EXTEND,
                List.of(keys.jobs(), keys.checkpoints(), keys.active()),
                List.of(hold.id().toString(), token(hold), lengthMillis, percent, checkpoint));
        return switch (answer.get(0).toString()) {
            case "held" -> new HoldResult.Held(instant(answer.get(1).toString()));
            case "lost" -> new HoldResult.Lost();
            case "unknown" -> new HoldResult.Unknown();
            default -> throw new IllegalStateException("job_extend answered " + answer);
        };
    }

    @Override
    public SettleResult complete(Hold hold, Optional<String> result) {
        JobKeys keys = JobKeys.of(hold.id());
        return settled(redis.run(
                COMPLETE,
                List.of(
                        keys.jobs(),
                        keys.checkpoints(),
                        keys.results(),
                        keys.active(),
                        keys.succeeded(),
                        keys.outbox()),
                List.of(hold.id().toString(), token(hold), result.orElse(""), RUNS_MAX)));
    }

    @Override
    public SettleResult fail(Hold hold, Verdict verdict, String detail) {
        JobKeys keys = JobKeys.of(hold.id());
        int jitterPerMille = ThreadLocalRandom.current().nextInt(FULL_DELAY_PER_MILLE / 2, FULL_DELAY_PER_MILLE + 1);
        return settled(redis.run(
                FAIL,
                List.of(
                        keys.jobs(),
                        keys.checkpoints(),
                        keys.active(),
                        keys.scheduled(),
                        keys.failed(),
                        keys.dead(),
                        keys.outbox()),
                List.of(
                        hold.id().toString(),
                        token(hold),
                        verdict.word(),
                        detail,
                        millis(retry.first()),
                        millis(retry.max()),
                        Integer.toString(jitterPerMille),
                        RUNS_MAX,
                        keys.wake())));
    }

    @Override
    public SettleResult handBack(Hold hold) {
        JobKeys keys = JobKeys.of(hold.id());
        return settled(redis.run(
                HAND_BACK,
                List.of(keys.jobs(), keys.active(), keys.waiting()),
                List.of(hold.id().toString(), token(hold), RUNS_MAX, keys.wake())));
    }

    private static SettleResult settled(Response answer) {
        String status = answer.get(0).toString();
        return switch (status) {
            case "lost" -> new SettleResult.Lost();
            case "unknown" -> new SettleResult.Unknown();
            default ->
                new SettleResult.Settled(
                        JobState.of(status),
                        answer.size() > 1 ? present(answer.get(1)).map(RedisLeaseStore::instant) : Optional.empty());
        };
    }

    private static String token(Hold hold) {
        return Long.toString(hold.fencingToken());
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static Optional<String> present(Response text) {
        String value = text.toString();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
