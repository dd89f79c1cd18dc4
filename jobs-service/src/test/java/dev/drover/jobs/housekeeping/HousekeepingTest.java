package dev.drover.jobs.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.lease.Lease;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.jobs.outbox.QueueOutboxes;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueIndex;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.jobs.UniqueKey;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class HousekeepingTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    PruneStore prune;

    @Inject
    QueueIndex index;

    @Inject
    QueueOutboxes outboxes;

    @Inject
    HousekeepingTick tick;

    @Inject
    JobStore jobs;

    @Inject
    LeaseStore leases;

    @Inject
    JobQueue queue;

    @Inject
    RedisCalls redis;

    @Inject
    Queues queues;

    private final QueueName name = Queues.fresh();

    @Test
    void aJobThatIsForgottenTakesItsUniqueKeyWithIt() {
        UniqueKey key = new UniqueKey("once", UniqueKey.Mode.THROTTLE, Optional.of(DAY));
        queue.enqueue(
                NewJob.now(Queues.id(name), "test.work", Queues.OWNER, "{}").with(JobOptions.NONE.with(key)));
        leases.lease(name, new LeaseTerms(1, DAY, "w"))
                .leases()
                .forEach(lease -> leases.complete(lease.hold(), Optional.of("1")));
        assertThat(redis.send(Command.HLEN, new JobKeys(name).unique()).toInteger())
                .isOne();
        prune.prune(name, JobState.SUCCEEDED, Duration.ZERO, 100, 10);
        for (String hash : List.of(
                new JobKeys(name).unique(),
                new JobKeys(name).jobs(),
                new JobKeys(name).payloads(),
                new JobKeys(name).results())) {
            assertThat(redis.send(Command.EXISTS, hash).toInteger()).as(hash).isZero();
        }
    }

    @Test
    void endedJobsAreForgottenByAgeAndNothingElseIs() {
        JobId ended = succeeded();
        JobId waiting = queues.add(name);
        assertThat(prune.prune(name, JobState.SUCCEEDED, DAY, 100, 10)).isZero();
        assertThat(jobs.find(ended)).isPresent();
        assertThat(prune.prune(name, JobState.SUCCEEDED, Duration.ZERO, 100, 10))
                .isOne();
        assertThat(prune.prune(name, JobState.SUCCEEDED, Duration.ZERO, 100, 10))
                .isZero();
        assertThat(jobs.find(ended)).isEmpty();
        assertThat(jobs.find(waiting)).isPresent();
    }

    @Test
    void theOldestBeyondTheNumberToKeepAreForgottenInBatches() {
        List<JobId> ended =
                java.util.stream.Stream.generate(this::succeeded).limit(5).toList();
        assertThat(prune.prune(name, JobState.SUCCEEDED, DAY, 2, 2)).isEqualTo(2);
        assertThat(prune.prune(name, JobState.SUCCEEDED, DAY, 2, 2)).isEqualTo(1);
        assertThat(prune.prune(name, JobState.SUCCEEDED, DAY, 2, 2)).isZero();
        assertThat(ended.stream().map(jobs::find).filter(Optional::isPresent)).hasSize(2);
    }

    /** J-28. */
    @Test
    void theNameOfAQueueNobodyUsesIsFreeAgainAndNoJobIsLostByThat() {
        JobId only = succeeded();
        assertThat(prune.isEmpty(name)).as("a job that ended is kept").isFalse();
        prune.prune(name, JobState.SUCCEEDED, Duration.ZERO, 100, 10);
        assertThat(prune.isEmpty(name)).as("its owner was not told yet").isFalse();
        outboxes.runOnce();
        assertThat(prune.isEmpty(name)).isTrue();
        assertThat(index.release(name, DAY)).as("it was entered today").isFalse();

        redis.send(Command.ZADD, JobKeys.QUEUES_ENTERED, "1", name.value());
        assertThat(index.release(name, DAY)).isTrue();
        assertThat(index.all()).doesNotContain(name);
        JobId meanwhile = queues.add(name);
        prune.forgetEmpty(name);
        assertThat(jobs.find(meanwhile)).isPresent();
        assertThat(jobs.find(only)).isEmpty();
    }

    @Test
    void ofAnEmptyQueueNothingIsLeftOneWithSettingsStaysAndFencingTokensGoOnGrowing() {
        queues.add(name);
        Lease first = leases.lease(name, new LeaseTerms(1, DAY, "w")).leases().getFirst();
        leases.complete(first.hold(), Optional.of("1"));
        prune.prune(name, JobState.SUCCEEDED, Duration.ZERO, 100, 10);
        outboxes.runOnce();
        redis.send(Command.HSET, new JobKeys(name).settings(), "paused", "1");
        assertThat(prune.isEmpty(name)).isFalse();
        redis.send(Command.DEL, new JobKeys(name).settings());
        prune.forgetEmpty(name);
        for (String key : new JobKeys(name).all()) {
            assertThat(redis.send(Command.EXISTS, key).toInteger()).as(key).isZero();
        }
        JobId next = queues.add(name);
        assertThat(leases.lease(name, new LeaseTerms(1, DAY, "w")).leases())
                .singleElement()
                .satisfies(lease -> assertThat(lease.hold().fencingToken())
                        .isGreaterThan(first.hold().fencingToken()));
        assertThat(jobs.find(next)).isPresent();
    }

    @Test
    void replicasThatTickAtOnceFireOnce() throws Exception {
        // A tick of its own, so that the test can be repeated on the same Redis.
        Instant now = Instant.now()
                .plus(ThreadLocalRandom.current().nextInt(1, 1_000_000), ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.SECONDS);
        Callable<EnqueueResult> replica = () -> tick.fire(now);
        int fired = 0;
        try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<EnqueueResult> result : replicas.invokeAll(List.of(replica, replica, replica, replica))) {
                fired += result.get() instanceof EnqueueResult.Enqueued ? 1 : 0;
            }
        }
        assertThat(fired).isOne();
    }

    private JobId succeeded() {
        JobId id = queues.add(name);
        leases.lease(name, new LeaseTerms(1, DAY, UUID.randomUUID().toString()))
                .leases()
                .forEach(lease -> leases.complete(lease.hold(), Optional.of("1")));
        return id;
    }
}
