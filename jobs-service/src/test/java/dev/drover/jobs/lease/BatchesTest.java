package dev.drover.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.housekeeping.HousekeepingConfig;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.limits.Places;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;

/** Many jobs added, completed and extended in one step. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class BatchesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    LeaseStore leases;

    @Inject
    JobStore jobs;

    @Inject
    JobQueue queue;

    @Inject
    Queues queues;

    @Inject
    RedisCalls redis;

    @Inject
    LeaseConfig config;

    @Inject
    Places places;

    @Inject
    SharingQueues sharing;

    private final QueueName name = Queues.fresh();

    @Test
    void manyAreAddedAtOnceAndEachIsJudgedByItself() {
        NewJob known = NewJob.now(Queues.id(name), "test.work", Queues.OWNER, "{}");
        queue.enqueue(known);
        NewJob differs = NewJob.now(known.id(), "test.work", Queues.OWNER, "{\"other\":1}");
        NewJob fresh = NewJob.now(Queues.id(name), "test.work", Queues.OWNER, "{}");
        NewJob later = new NewJob(Queues.id(name), "test.work", Queues.OWNER, "{}", HOUR, 5);
        QueueName other = Queues.fresh();
        NewJob elsewhere = NewJob.now(Queues.id(other), "test.work", Queues.OWNER, "{}");
        List<EnqueueResult> results = queue.enqueueAll(List.of(known, fresh, elsewhere, differs, later, fresh));
        assertThat(results)
                .containsExactly(
                        new EnqueueResult.AlreadyKnown(known.id()),
                        new EnqueueResult.Enqueued(fresh.id(), true, createdAt(fresh)),
                        new EnqueueResult.Enqueued(elsewhere.id(), true, createdAt(elsewhere)),
                        new EnqueueResult.IdInUse(known.id()),
                        new EnqueueResult.Enqueued(later.id(), false, createdAt(later)),
                        new EnqueueResult.AlreadyKnown(fresh.id()));
        assertThat(take(10)).hasSize(2);
        assertThat(jobs.find(later.id()).orElseThrow().state()).isEqualTo(JobState.SCHEDULED);
    }

    /** An id that stands twice begins another step, which has a time of its own. */
    private Instant createdAt(NewJob job) {
        return jobs.find(job.id()).orElseThrow().createdAt();
    }

    @Test
    void theOldestBeyondWhatIsKeptAreForgottenAsJobsAreCompletedButNoneTooEarly() {
        for (int i = 0; i < 6; i++) {
            queues.add(name);
        }
        List<Hold> holds = take(6).stream().map(Lease::hold).toList();
        LeaseStore patient = keeping(2, HOUR);
        holds.subList(0, 4).forEach(hold -> patient.complete(hold, Optional.of("1")));
        assertThat(redis.send(Command.ZCARD, new JobKeys(name).succeeded()).toInteger())
                .as("all are young")
                .isEqualTo(4);

        LeaseStore hasty = keeping(2, Duration.ZERO);
        holds.subList(4, 6).forEach(hold -> hasty.complete(hold, Optional.of("1")));
        assertThat(redis.send(Command.ZCARD, new JobKeys(name).succeeded()).toInteger())
                .isEqualTo(2);
        assertThat(redis.send(Command.HLEN, new JobKeys(name).jobs()).toInteger())
                .isEqualTo(2);
        assertThat(redis.send(Command.HLEN, new JobKeys(name).results()).toInteger())
                .isEqualTo(2);
    }

    private LeaseStore keeping(int count, Duration atLeast) {
        HousekeepingConfig kept = (HousekeepingConfig) Proxy.newProxyInstance(
                HousekeepingConfig.class.getClassLoader(),
                new Class<?>[] {HousekeepingConfig.class},
                (proxy, method, args) -> method.getName().equals("keepMax") ? (Object) count : atLeast);
        return new LimitedLeaseStore(new RedisLeaseStore(redis, config, kept), places, sharing);
    }

    @Test
    void manyAreCompletedInOneStepAndEachIsJudgedByItself() {
        for (int i = 0; i < 3; i++) {
            queues.add(name);
        }
        List<Hold> holds = take(3).stream().map(Lease::hold).toList();
        Hold stale = new Hold(holds.get(1).id(), holds.get(1).fencingToken() + 1);
        Hold unknown = new Hold(Queues.id(name), 1);
        List<LeaseStore.Completion> said =
                new ArrayList<>(List.of(holds.get(0), stale, unknown, holds.get(2), holds.get(0)).stream()
                        .map(hold -> new LeaseStore.Completion(hold, Optional.of("1")))
                        .toList());
        said.add(new LeaseStore.Completion(holds.get(0), Optional.of("2")));
        LeaseStore.SettleResult done = new LeaseStore.SettleResult.Settled(JobState.SUCCEEDED, Optional.empty());
        assertThat(leases.completeAll(said))
                .containsExactly(
                        done,
                        new LeaseStore.SettleResult.Lost(),
                        new LeaseStore.SettleResult.Unknown(),
                        done,
                        done,
                        new LeaseStore.SettleResult.Differs());
        assertThat(jobs.find(holds.get(0).id()).orElseThrow().result()).contains("1");
        assertThat(jobs.find(holds.get(1).id()).orElseThrow().state()).isEqualTo(JobState.ACTIVE);
        assertThat(leases.extendAll(holds, HOUR))
                .extracting(result -> result instanceof LeaseStore.HoldResult.Held)
                .containsExactly(false, true, false);
    }

    private List<Lease> take(int max) {
        return leases.lease(name, new LeaseTerms(max, HOUR, "worker-1")).leases();
    }
}
