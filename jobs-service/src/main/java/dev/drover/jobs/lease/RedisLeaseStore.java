package dev.drover.jobs.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
    private final Duration keepAtLeast;
    private final ObjectMapper json;

    RedisLeaseStore(RedisCalls redis, LeaseConfig config, HousekeepingConfig housekeeping, ObjectMapper json) {
        this.redis = redis;
        this.retry = new RetryPolicy(config.retryFirst(), config.retryMax());
        this.promoteMax = config.promoteMax();
        this.keepMax = housekeeping.keepMax();
        this.keepAtLeast = housekeeping.keepAtLeast();
        this.json = json;
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
        long nowMillis = Long.parseLong(answer.get(2).toString());
        List<Lease> leases = new ArrayList<>();
        for (int i = 3; i < answer.size(); i++) {
            leases.add(lease(answer.get(i), nowMillis));
        }
        return new Batch(leases, present(answer.get(1)).map(Long::parseLong).map(Duration::ofMillis));
    }

    private Lease lease(Response job, long nowMillis) {
        JobId id = JobId.parse(job.get(0).toString()).orElseThrow();
        JobRecord record = record(job.get(1).toString());
        return new Lease(
                new Hold(id, Long.parseLong(job.get(3).toString())),
                record.type(),
                record.owner(),
                job.get(2).toString(),
                record.spent() + 1,
                instant(job.get(4).toString()),
                present(job.get(5)),
                Duration.ofMillis(nowMillis - record.readyAt()),
                Optional.ofNullable(record.traceparent()),
                Optional.ofNullable(record.timeLimitMs()).map(Duration::ofMillis));
    }

    private JobRecord record(String text) {
        try {
            return json.readValue(text, JobRecord.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job's record cannot be read", e);
        }
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
        List<String> args =
                new ArrayList<>(List.of(RUNS_MAX, Integer.toString(keepMax), millis(keepAtLeast), keys.wake()));
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
