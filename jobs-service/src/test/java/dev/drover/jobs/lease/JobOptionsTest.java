package dev.drover.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.recovery.RecoveryProbe;
import dev.drover.platform.jobs.Backoff;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;

/** What a job may have beside its content: rests and a time limit. */
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

    private final QueueName name = Queues.fresh();

    @Test
    void eachKindOfBackoffRestsAsItSays() {
        Duration second = Duration.ofSeconds(1);
        assertThat(rests(new Backoff.Fixed(second, 0), 3)).containsExactly(second, second, second);
        assertThat(rests(new Backoff.Exponential(second, Duration.ofSeconds(3), 0), 4))
                .containsExactly(second, Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(3));
        assertThat(rests(new Backoff.Custom(List.of(Duration.ofSeconds(5), second, HOUR), 0), 4))
                .containsExactly(Duration.ofSeconds(5), second, HOUR, HOUR);
        // The random part has a thousand steps: of five, two are the same now and then, four as good as never.
        List<Duration> random = rests(new Backoff.Fixed(HOUR, 250), 5);
        assertThat(random).allSatisfy(rest -> assertThat(rest).isBetween(Duration.ofMinutes(45), HOUR));
        assertThat(random.stream().distinct()).hasSizeGreaterThan(2);
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

    private List<Lease> take(int max) {
        return leases.lease(name, new LeaseTerms(max, HOUR, "worker-1")).leases();
    }
}
