package dev.drover.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.housekeeping.HousekeepingConfig;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.recovery.RecoveryProbe;
import dev.drover.platform.jobs.Backoff;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.jobs.UniqueKey;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;

/** What a job may have beside its content: rests, a time limit, a unique key. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class JobOptionsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    LeaseStore leases;

    @Inject
    JobStore jobs;

    @Inject
    JobQueue queue;

    @Inject
    RecoveryProbe recovery;

    @Inject
    Queues queues;

    @Inject
    RedisCalls redis;

    @Inject
    LeaseConfig config;

    @Inject
    ObjectMapper json;

    private final QueueName name = Queues.fresh();

    @Test
    void eachKindOfBackoffRestsAsItSays() {
        Duration second = Duration.ofSeconds(1);
        assertThat(rests(new Backoff.Fixed(second, 0), 3)).containsExactly(second, second, second);
        assertThat(rests(new Backoff.Exponential(second, Duration.ofSeconds(3), 0), 4))
                .containsExactly(second, Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(3));
        assertThat(rests(new Backoff.Custom(List.of(Duration.ofSeconds(5), second, HOUR), 0), 4))
                .containsExactly(Duration.ofSeconds(5), second, HOUR, HOUR);
        assertThat(rests(new Backoff.Fixed(HOUR, 250), 5))
                .allSatisfy(rest -> assertThat(rest).isBetween(Duration.ofMinutes(45), HOUR))
                .doesNotHaveDuplicates();
    }

    private List<Duration> rests(Backoff backoff, int failures) {
        JobId id = add(
                NewJob.now(Queues.id(name), "test.work", Queues.OWNER, "{}").with(JobOptions.NONE.with(backoff)),
                failures + 1);
        List<Duration> rests = IntStream.range(0, failures)
                .mapToObj(failure -> {
                    leases.fail(take(1).getFirst().hold(), Verdict.RETRY, "again");
                    Job job = jobs.find(id).orElseThrow();
                    queues.letBecomeDue(id);
                    return Duration.between(job.runs().getLast().endedAt(), job.readyAt());
                })
                .toList();
        jobs.cancel(id);
        return rests;
    }

    private JobId add(NewJob job, int attempts) {
        NewJob more = new NewJob(
                job.id(), job.type(), job.owner(), job.payload(), job.delay(), attempts, job.priority(), job.options());
        queue.enqueue(more);
        return job.id();
    }

    @Test
    void aLeaseEndsAtTheTimeLimitWhateverItsHolderSays() {
        JobId id = timeLimited(Duration.ofSeconds(30));
        Lease lease = take(1).getFirst();
        assertThat(lease.timeLimit()).contains(Duration.ofSeconds(30));
        Job.Holder holder = jobs.find(id).orElseThrow().holder().orElseThrow();
        assertThat(Duration.between(holder.startedAt(), lease.expiresAt())).isEqualTo(Duration.ofSeconds(30));
        assertThat(leases.extend(lease.hold(), HOUR)).isEqualTo(new LeaseStore.HoldResult.Held(lease.expiresAt()));
    }

    @Test
    void aRunThatTookTooLongHasFailedAndSpentAnAttempt() {
        JobId id = timeLimited(Duration.ofSeconds(1));
        take(1);
        letTimePass(id, Duration.ofSeconds(2));
        assertThat(recovery.recover(name)).isOne();

        Job job = jobs.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(job.spent()).isOne();
        assertThat(job.crashes()).isZero();
        assertThat(job.fault().orElseThrow().reason()).isEqualTo("timed_out");
        assertThat(job.runs()).extracting(Job.Run::outcome).containsExactly("timed_out");
    }

    @Test
    void aSilentWorkerOfAJobWithATimeLimitStillSpendsNoAttempt() {
        JobId id = timeLimited(Duration.ofHours(2));
        take(1);
        queues.letLeaseExpire(id);
        recovery.recover(name);
        assertThat(jobs.find(id).orElseThrow().spent()).isZero();
        assertThat(jobs.find(id).orElseThrow().crashes()).isOne();
    }

    private JobId timeLimited(Duration limit) {
        NewJob job =
                NewJob.now(Queues.id(name), "test.work", Queues.OWNER, "{}").with(JobOptions.NONE.within(limit));
        queue.enqueue(job);
        return job.id();
    }

    /** Moves the beginning and the end of the run into the past. */
    private void letTimePass(JobId id, Duration time) {
        JobKeys keys = JobKeys.of(id);
        Job.Holder holder = jobs.find(id).orElseThrow().holder().orElseThrow();
        String[] lease = redis.send(Command.HGET, keys.leases(), id.toString())
                .toString()
                .split(" ", 4);
        long started = holder.startedAt().minus(time).toEpochMilli();
        long until = holder.leaseUntil().minus(time).toEpochMilli();
        redis.send(Command.HSET, keys.leases(), id.toString(), lease[0] + " " + started + " " + until + " " + lease[3]);
        redis.send(Command.ZADD, keys.active(), Long.toString(until), id.toString());
    }

    @Test
    void aThrottledJobStandsForThoseThatFollowUntilItHasEnded() {
        UniqueKey key = new UniqueKey("rebuild", UniqueKey.Mode.THROTTLE, Optional.empty());
        JobId first = added(unique(key, "{\"n\":1}", Duration.ZERO));
        assertThat(queue.enqueue(unique(key, "{\"n\":2}", Duration.ZERO)))
                .isEqualTo(new EnqueueResult.Duplicate(first));
        Lease lease = take(5).getFirst();
        assertThat(queue.enqueue(unique(key, "{\"n\":3}", Duration.ZERO)))
                .isEqualTo(new EnqueueResult.Duplicate(first));
        leases.complete(lease.hold(), Optional.empty());
        assertThat(queue.enqueue(unique(key, "{\"n\":4}", Duration.ZERO))).isInstanceOf(EnqueueResult.Enqueued.class);
        assertThat(take(5)).extracting(Lease::payload).containsExactly("{\"n\":4}");
    }

    @Test
    void aThrottleWithALengthHoldsBeyondTheEndOfTheJob() {
        UniqueKey key = new UniqueKey("rebuild", UniqueKey.Mode.THROTTLE, Optional.of(HOUR));
        JobId first = added(unique(key, "{}", Duration.ZERO));
        leases.complete(take(1).getFirst().hold(), Optional.empty());
        assertThat(queue.enqueue(unique(key, "{}", Duration.ZERO))).isEqualTo(new EnqueueResult.Duplicate(first));
    }

    @Test
    void aDebouncedJobHasTheLastContentAndItsDelayBeginsAnew() {
        UniqueKey key = new UniqueKey("index", UniqueKey.Mode.DEBOUNCE, Optional.empty());
        JobId first = added(unique(key, "{\"n\":1}", Duration.ofMinutes(1)));
        assertThat(queue.enqueue(unique(key, "{\"n\":2}", HOUR))).isEqualTo(new EnqueueResult.Replaced(first));
        Job job = jobs.find(first).orElseThrow();
        assertThat(job.payload()).isEqualTo("{\"n\":2}");
        assertThat(Duration.between(job.createdAt(), job.readyAt())).isGreaterThanOrEqualTo(HOUR);
        queues.letBecomeDue(first);
        assertThat(take(5)).hasSize(1);
        assertThat(queue.enqueue(unique(key, "{\"n\":3}", HOUR)))
                .as("it has begun")
                .isInstanceOf(EnqueueResult.Enqueued.class);
    }

    @Test
    void aReplacedJobKeepsItsPlace() {
        UniqueKey key = new UniqueKey("sync", UniqueKey.Mode.REPLACE, Optional.empty());
        JobId first = added(unique(key, "{\"n\":1}", Duration.ZERO));
        JobId behind = queues.add(name);
        assertThat(queue.enqueue(unique(key, "{\"n\":2}", Duration.ZERO))).isEqualTo(new EnqueueResult.Replaced(first));
        List<Lease> taken = take(5);
        assertThat(taken.stream().map(lease -> lease.hold().id())).containsExactly(first, behind);
        assertThat(taken.getFirst().payload()).isEqualTo("{\"n\":2}");
    }

    @Test
    void aKeyIsTheOwnersOwn() {
        UniqueKey key = new UniqueKey("same", UniqueKey.Mode.THROTTLE, Optional.empty());
        added(unique(key, "{}", Duration.ZERO));
        NewJob others = NewJob.now(Queues.id(name), "test.work", "usr_zzzzzzzzzzzzzzzzzzzzzzzzzz", "{}")
                .with(JobOptions.NONE.with(key));
        assertThat(queue.enqueue(others)).isInstanceOf(EnqueueResult.Enqueued.class);
    }

    @Test
    void manyAreAddedInOneStepAndEachIsJudgedByItself() {
        NewJob known = NewJob.now(Queues.id(name), "test.work", Queues.OWNER, "{}");
        queue.enqueue(known);
        NewJob differs = NewJob.now(known.id(), "test.work", Queues.OWNER, "{\"other\":1}");
        NewJob fresh = NewJob.now(Queues.id(name), "test.work", Queues.OWNER, "{}");
        NewJob later = new NewJob(Queues.id(name), "test.work", Queues.OWNER, "{}", HOUR, 5);
        QueueName other = Queues.fresh();
        NewJob elsewhere = NewJob.now(Queues.id(other), "test.work", Queues.OWNER, "{}");
        assertThat(queue.enqueueAll(List.of(known, fresh, elsewhere, differs, later, fresh)))
                .containsExactly(
                        new EnqueueResult.AlreadyKnown(known.id()),
                        new EnqueueResult.Enqueued(fresh.id()),
                        new EnqueueResult.Enqueued(elsewhere.id()),
                        new EnqueueResult.IdInUse(known.id()),
                        new EnqueueResult.Enqueued(later.id()),
                        new EnqueueResult.AlreadyKnown(fresh.id()));
        assertThat(take(10)).hasSize(2);
        assertThat(jobs.find(later.id()).orElseThrow().state()).isEqualTo(JobState.SCHEDULED);
    }

    @Test
    void theOldestBeyondWhatIsKeptAreForgottenAsJobsAreCompletedButNoneTooEarly() {
        for (int i = 0; i < 6; i++) {
            queues.add(name);
        }
        List<Hold> holds = take(6).stream().map(Lease::hold).toList();
        LeaseStore patient = new RedisLeaseStore(redis, config, keeping(2, HOUR), json);
        holds.subList(0, 4).forEach(hold -> patient.complete(hold, Optional.of("1")));
        assertThat(redis.send(Command.ZCARD, new JobKeys(name).succeeded()).toInteger())
                .as("all are young")
                .isEqualTo(4);

        LeaseStore hasty = new RedisLeaseStore(redis, config, keeping(2, Duration.ZERO), json);
        holds.subList(4, 6).forEach(hold -> hasty.complete(hold, Optional.of("1")));
        assertThat(redis.send(Command.ZCARD, new JobKeys(name).succeeded()).toInteger())
                .isEqualTo(2);
        assertThat(redis.send(Command.HLEN, new JobKeys(name).jobs()).toInteger())
                .isEqualTo(2);
        assertThat(redis.send(Command.HLEN, new JobKeys(name).results()).toInteger())
                .isEqualTo(2);
    }

    private static HousekeepingConfig keeping(int count, Duration atLeast) {
        return (HousekeepingConfig) Proxy.newProxyInstance(
                HousekeepingConfig.class.getClassLoader(),
                new Class<?>[] {HousekeepingConfig.class},
                (proxy, method, args) -> method.getName().equals("keepMax") ? (Object) count : atLeast);
    }

    @Test
    void manyAreCompletedInOneStepAndEachIsJudgedByItself() {
        for (int i = 0; i < 3; i++) {
            queues.add(name);
        }
        List<Hold> holds = take(3).stream().map(Lease::hold).toList();
        Hold stale = new Hold(holds.get(1).id(), holds.get(1).fencingToken() + 1);
        Hold unknown = new Hold(Queues.id(name), 1);
        List<LeaseStore.Completion> said = List.of(holds.get(0), stale, unknown, holds.get(2), holds.get(0)).stream()
                .map(hold -> new LeaseStore.Completion(hold, Optional.of("1")))
                .toList();
        LeaseStore.SettleResult done = new LeaseStore.SettleResult.Settled(JobState.SUCCEEDED, Optional.empty());
        assertThat(leases.completeAll(said))
                .containsExactly(
                        done, new LeaseStore.SettleResult.Lost(), new LeaseStore.SettleResult.Unknown(), done, done);
        assertThat(jobs.find(holds.get(1).id()).orElseThrow().state()).isEqualTo(JobState.ACTIVE);
        assertThat(leases.extendAll(holds, HOUR))
                .extracting(result -> result instanceof LeaseStore.HoldResult.Held)
                .containsExactly(false, true, false);
    }

    private JobId added(NewJob job) {
        assertThat(queue.enqueue(job)).isEqualTo(new EnqueueResult.Enqueued(job.id()));
        return job.id();
    }

    private NewJob unique(UniqueKey key, String payload, Duration delay) {
        return new NewJob(Queues.id(name), "test.work", Queues.OWNER, payload, delay, 5)
                .with(JobOptions.NONE.with(key));
    }

    private List<Lease> take(int max) {
        return leases.lease(name, new LeaseTerms(max, HOUR, "worker-1")).leases();
    }
}
