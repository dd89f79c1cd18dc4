package dev.drover.jobs.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.jobs.housekeeping.HousekeepingConfig;
import dev.drover.jobs.job.JobRecord;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.lease.LeaseStore.Batch;
import dev.drover.jobs.lease.LeaseStore.Completion;
import dev.drover.jobs.lease.LeaseStore.HoldResult;
import dev.drover.jobs.lease.LeaseStore.SettleResult;
import dev.drover.jobs.limits.LimitName;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** The scripts of a holder. What several queues share is {@link LimitedLeaseStore}'s. */
@Singleton
final class RedisLeaseStore {

    /** What a queue has for whoever asks. */
    sealed interface Offer {
        record Taken(Batch batch) implements Offer {}

        /** It takes places under that limit; so many jobs could run. */
        record Shared(LimitName limit, int ready) implements Offer {}
    }

    private static final RedisScript LEASE = RedisScript.load("job_lease");
    private static final RedisScript EXTEND = RedisScript.load("job_extend");
    private static final RedisScript COMPLETE = RedisScript.load("job_complete");
    private static final RedisScript FAIL = RedisScript.load("job_fail");
    private static final RedisScript HAND_BACK = RedisScript.load("job_hand_back");

    /** Where the first job stands in the answer of a lease, and how many parts each has; and what only some of them have. */
    private static final int FIRST_JOB = 6;

    private static final int JOB_PARTS = 3;
    private static final int MORE = 5;
    private static final int MORE_PARTS = 3;

    private static final String RUNS_MAX = Integer.toString(JobRecord.RUNS_MAX);

    private final RedisCalls redis;
    private final RetryPolicy retry;
    private final int promoteMax;
    private final int keepMax;
    private final Duration keepAtLeast;
    private final Duration tellEvery;

    RedisLeaseStore(RedisCalls redis, LeaseConfig config, HousekeepingConfig housekeeping) {
        this.redis = redis;
        this.retry = new RetryPolicy(config.retryFirst(), config.retryMax());
        this.promoteMax = config.promoteMax();
        this.keepMax = housekeeping.keepMax();
        this.keepAtLeast = housekeeping.keepAtLeast();
        this.tellEvery = config.tellEvery();
    }

    /** @param places how many the caller has under the limit the queue shares; empty when it has asked for none */
    Offer lease(QueueName queue, LeaseTerms terms, OptionalInt places) {
        JobKeys keys = new JobKeys(queue);
        Response answer = redis.run(
                LEASE,
                keys.all(),
                List.of(
                        Integer.toString(terms.jobsMax()),
                        millis(terms.length()),
                        terms.worker(),
                        Integer.toString(promoteMax),
                        keys.wake(),
                        places.isPresent() ? Integer.toString(places.getAsInt()) : ""));
        if (answer.get(0).toString().equals("shared")) {
            return new Offer.Shared(
                    new LimitName(answer.get(1).toString()),
                    Integer.parseInt(answer.get(2).toString()));
        }
        return new Offer.Taken(new Batch(
                leases(queue, answer),
                present(answer.get(1)).map(Long::parseLong).map(Duration::ofMillis)));
    }

    private static List<Lease> leases(QueueName queue, Response answer) {
        if (answer.size() <= FIRST_JOB) {
            return List.of();
        }
        List<Lease> leases = new ArrayList<>((answer.size() - FIRST_JOB) / JOB_PARTS);
        long nowMillis = answer.get(2).toLong();
        long firstToken = answer.get(3).toLong();
        Instant end = Instant.ofEpochMilli(answer.get(4).toLong());
        Response more = answer.get(MORE);
        int next = 0;
        RecordSeen seen = null;
        for (int at = FIRST_JOB; at < answer.size(); at += JOB_PARTS) {
            int number = leases.size();
            boolean hasMore = next < more.size() && more.get(next).toInteger() == number;
            Terms terms = new Terms(
                    nowMillis,
                    firstToken + number,
                    hasMore ? instant(more.get(next + 1).toString()) : end,
                    hasMore ? present(more.get(next + 2)) : Optional.empty());
            seen = RecordSeen.of(answer.get(at + 1).toString(), seen);
            leases.add(lease(queue, answer, at, seen.record(), terms));
            next += hasMore ? MORE_PARTS : 0;
        }
        return leases;
    }

    /** The limit the queue shares with others. */
    Optional<LimitName> sharedLimit(QueueName queue) {
        return Optional.ofNullable(redis.send(Command.HGET, new JobKeys(queue).settings(), "shared"))
                .map(name -> new LimitName(name.toString()));
    }

    /** What a lease has beside its job, and when it was given. */
    private record Terms(long nowMillis, long token, Instant end, Optional<String> checkpoint) {}

    /** A record and what it says. Those of jobs that were added together, and are alike, are the same text. */
    private record RecordSeen(String text, LeasedRecord record) {

        static RecordSeen of(String text, RecordSeen last) {
            return last != null && last.text().equals(text) ? last : new RecordSeen(text, LeasedRecord.read(text));
        }
    }

    private static Lease lease(QueueName queue, Response answer, int at, LeasedRecord record, Terms terms) {
        return new Lease(
                new Hold(JobId.of(queue, answer.get(at).toString()), terms.token()),
                record.type(),
                record.owner(),
                answer.get(at + 2).toString(),
                record.spent() + 1,
                terms.end(),
                terms.checkpoint(),
                Duration.ofMillis(terms.nowMillis() - record.readyAtMillis()),
                record.traceParent(),
                record.timeLimit());
    }

    List<HoldResult> extendAll(List<Hold> holds, Duration length) {
        return held(holds, millis(length), "", "");
    }

    HoldResult report(Hold hold, OptionalInt percent, Optional<String> checkpoint) {
        String progress = percent.isPresent() ? Integer.toString(percent.getAsInt()) : "";
        return held(List.of(hold), "", progress, checkpoint.orElse("")).getFirst();
    }

    private List<HoldResult> held(List<Hold> holds, String lengthMillis, String percent, String checkpoint) {
        JobKeys keys = JobKeys.of(holds.getFirst().id());
        List<String> args = new ArrayList<>(List.of(lengthMillis, percent, checkpoint, millis(tellEvery)));
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

    List<SettleResult> completeAll(List<Completion> completions) {
        JobKeys keys = JobKeys.of(completions.getFirst().hold().id());
        boolean hasResults =
                completions.stream().anyMatch(completion -> completion.result().isPresent());
        List<String> args = new ArrayList<>(5 + completions.size() * (hasResults ? 3 : 2));
        args.addAll(List.of(
                RUNS_MAX, Integer.toString(keepMax), millis(keepAtLeast), keys.wake(), hasResults ? "results" : ""));
        for (Completion completion : completions) {
            args.add(completion.hold().id().toString());
            args.add(token(completion.hold()));
            if (hasResults) {
                args.add(completion.result().orElse(""));
            }
        }
        Response answers = redis.run(COMPLETE, keys.all(), args);
        // One word for all when each has succeeded.
        boolean oneForAll = answers.size() == 1;
        List<SettleResult> results = new ArrayList<>(completions.size());
        for (int i = 0; i < completions.size(); i++) {
            results.add(settled(answers.get(oneForAll ? 0 : i).toString(), Optional.empty()));
        }
        return results;
    }

    SettleResult fail(Hold hold, Verdict verdict, String detail) {
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

    SettleResult handBack(Hold hold) {
        JobKeys keys = JobKeys.of(hold.id());
        return settled(
                redis.run(HAND_BACK, keys.all(), List.of(hold.id().toString(), token(hold), RUNS_MAX, keys.wake())));
    }

    private static SettleResult settled(Response answer) {
        Optional<Instant> dueAt =
                answer.size() > 1 ? present(answer.get(1)).map(RedisLeaseStore::instant) : Optional.empty();
        return settled(answer.get(0).toString(), dueAt);
    }

    private static SettleResult settled(String status, Optional<Instant> dueAt) {
        return switch (status) {
            case "lost" -> new SettleResult.Lost();
            case "unknown" -> new SettleResult.Unknown();
            case "differs" -> new SettleResult.Differs();
            default -> new SettleResult.Settled(JobState.of(status), dueAt);
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
