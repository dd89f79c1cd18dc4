package dev.drover.jobs.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.jobs.housekeeping.HousekeepingConfig;
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

    private static final String RUNS_MAX = Integer.toString(JobRecord.RUNS_MAX);

    private final RedisCalls redis;
    private final RetryPolicy retry;
    private final int promoteMax;
    private final int keepMax;

    RedisLeaseStore(RedisCalls redis, LeaseConfig config, HousekeepingConfig housekeeping) {
        this.redis = redis;
        this.retry = new RetryPolicy(config.retryFirst(), config.retryMax());
        this.promoteMax = config.promoteMax();
        this.keepMax = housekeeping.keepMax();
    }

    @Override
    public Batch lease(QueueName queue, LeaseTerms terms) {
        JobKeys keys = new JobKeys(queue);
        Response answer = redis.run(
                LEASE,
                keys.all(),
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
                present(job.get(9)),
                present(job.get(10)).map(Long::parseLong).map(Duration::ofMillis));
    }

    @Override
    public HoldResult extend(Hold hold, Duration length) {
        return held(List.of(hold), millis(length), "", "").getFirst();
    }

    @Override
    public List<HoldResult> extendAll(List<Hold> holds, Duration length) {
        return holds.isEmpty() ? List.of() : held(holds, millis(length), "", "");
    }

    @Override
    public HoldResult report(Hold hold, OptionalInt percent, Optional<String> checkpoint) {
        String progress = percent.isPresent() ? Integer.toString(percent.getAsInt()) : "";
        return held(List.of(hold), "", progress, checkpoint.orElse("")).getFirst();
    }

    private List<HoldResult> held(List<Hold> holds, String lengthMillis, String percent, String checkpoint) {
        JobKeys keys = JobKeys.of(holds.getFirst().id());
        List<String> args = new ArrayList<>(List.of(lengthMillis, percent, checkpoint));
        for (Hold hold : holds) {
            args.add(hold.id().toString());
            args.add(token(hold));
        }
        List<HoldResult> results = new ArrayList<>(holds.size());
        for (Response answer : redis.run(EXTEND, keys.all(), args)) {
            results.add(
                    switch (answer.get(0).toString()) {
                        case "held" -> new HoldResult.Held(instant(answer.get(1).toString()));
                        case "lost" -> new HoldResult.Lost();
                        case "unknown" -> new HoldResult.Unknown();
                        default -> throw new IllegalStateException("job_extend answered " + answer);
                    });
        }
        return results;
    }

    @Override
    public SettleResult complete(Hold hold, Optional<String> result) {
        return completeAll(List.of(new Completion(hold, result))).getFirst();
    }

    @Override
    public List<SettleResult> completeAll(List<Completion> completions) {
        if (completions.isEmpty()) {
            return List.of();
        }
        JobKeys keys = JobKeys.of(completions.getFirst().hold().id());
        List<String> args = new ArrayList<>(List.of(RUNS_MAX, Integer.toString(keepMax), keys.wake()));
        for (Completion completion : completions) {
            args.add(completion.hold().id().toString());
            args.add(token(completion.hold()));
            args.add(completion.result().orElse(""));
        }
        List<SettleResult> results = new ArrayList<>(completions.size());
        for (Response answer : redis.run(COMPLETE, keys.all(), args)) {
            results.add(settled(answer));
        }
        return results;
    }

    @Override
    public SettleResult fail(Hold hold, Verdict verdict, String detail) {
        JobKeys keys = JobKeys.of(hold.id());
        return settled(redis.run(
                FAIL,
                keys.all(),
                List.of(
                        hold.id().toString(),
                        token(hold),
                        verdict.word(),
                        detail,
                        millis(retry.first()),
                        millis(retry.max()),
                        Integer.toString(retry.spread()),
                        RUNS_MAX,
                        keys.wake())));
    }

    @Override
    public SettleResult handBack(Hold hold) {
        JobKeys keys = JobKeys.of(hold.id());
        return settled(
                redis.run(HAND_BACK, keys.all(), List.of(hold.id().toString(), token(hold), RUNS_MAX, keys.wake())));
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
