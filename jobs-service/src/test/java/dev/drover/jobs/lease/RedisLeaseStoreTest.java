package dev.drover.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.lease.LeaseStore.Batch;
import dev.drover.jobs.lease.LeaseStore.HoldResult;
import dev.drover.jobs.lease.LeaseStore.SettleResult;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.RedisFixture;

/** The scripts on a real Redis: each answer, repeats, lost races. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class RedisLeaseStoreTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    LeaseStore leases;

    @Inject
    JobStore jobs;

    @Inject
    JobQueue queue;

    @Inject
    Queues queues;

    private final QueueName name = Queues.fresh();

    @Test
    void enqueueingTheSameJobAgainAddsNothing() {
        JobId id = Queues.id(name);
        NewJob job = NewJob.now(id, "test.work", Queues.OWNER, "{}");
        assertThat(queue.enqueue(job)).isInstanceOf(JobQueue.EnqueueResult.Enqueued.class);
        assertThat(queue.enqueue(job)).isEqualTo(new JobQueue.EnqueueResult.AlreadyKnown(id));
        assertThat(queue.enqueue(NewJob.now(id, "test.work", Queues.OWNER, "{\"other\":1}")))
                .isEqualTo(new JobQueue.EnqueueResult.IdInUse(id));
        assertThat(take(10)).hasSize(1);
        assertThat(queue.enqueue(job)).isEqualTo(new JobQueue.EnqueueResult.AlreadyKnown(id));
        assertThat(take(10)).isEmpty();
    }

    @Test
    void aLeaseCarriesWhatTheWorkerNeeds() {
        JobId id = queues.add(name);
        Lease lease = take(1).getFirst();
        assertThat(lease.hold().id()).isEqualTo(id);
        assertThat(lease.type()).isEqualTo("test.work");
        assertThat(lease.owner()).isEqualTo(Queues.OWNER);
        assertThat(lease.payload()).isEqualTo("{\"n\":1}");
        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(lease.checkpoint()).isEmpty();
        Job job = jobs.find(id).orElseThrow();
        assertThat(job.holder().orElseThrow().leaseUntil()).isEqualTo(lease.expiresAt());
        assertThat(Duration.between(job.holder().orElseThrow().startedAt(), lease.expiresAt()))
                .isEqualTo(MINUTE);
    }

    @Test
    void jobsComeByPriorityAndThenInTheOrderOfArrival() {
        List<JobId> expected = new ArrayList<>();
        for (int priority : new int[] {9, 0, 5, 0}) {
            JobId id = Queues.id(name);
            queue.enqueue(new NewJob(id, "test.work", Queues.OWNER, "{}", Duration.ZERO, 5, priority));
            expected.add(id);
        }
        assertThat(take(10).stream().map(lease -> lease.hold().id()))
                .containsExactly(expected.get(1), expected.get(3), expected.get(2), expected.get(0));
    }

    @Test
    void aScheduledJobIsLeasedWhenItIsDueAndTheWaitIsTold() {
        JobId id = queues.add(name, "test.work", Duration.ofHours(1), 5);
        Batch early = leases.lease(name, new LeaseTerms(1, MINUTE, "w"));
        assertThat(early.leases()).isEmpty();
        assertThat(early.nextDue().orElseThrow()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        queues.letBecomeDue(id);
        assertThat(take(1)).hasSize(1);
    }

    @Test
    void manyWorkersAtOnceGetEachJobOnceWithTokensOfTheirOwn() throws Exception {
        int total = 200;
        for (int i = 0; i < total; i++) {
            queues.add(name);
        }
        Callable<List<Hold>> worker = () -> {
            List<Hold> mine = new ArrayList<>();
            List<Lease> batch = take(7);
            while (!batch.isEmpty()) {
                batch.forEach(lease -> mine.add(lease.hold()));
                batch = take(7);
            }
            return mine;
        };
        List<Hold> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Hold>> mine : threads.invokeAll(List.of(worker, worker, worker, worker, worker, worker))) {
                all.addAll(mine.get());
            }
        }
        Set<JobId> ids = new HashSet<>();
        Set<Long> tokens = new HashSet<>();
        all.forEach(hold -> {
            ids.add(hold.id());
            tokens.add(hold.fencingToken());
        });
        assertThat(all).hasSize(total);
        assertThat(ids).hasSize(total);
        assertThat(tokens).hasSize(total);
    }

    @Test
    void aHeartbeatMovesTheEndOfTheLeaseAndNeverBack() {
        queues.add(name);
        Lease lease = take(1).getFirst();
        HoldResult longer = leases.extend(lease.hold(), MINUTE.multipliedBy(2));
        assertThat(longer).isInstanceOfSatisfying(HoldResult.Held.class, held -> assertThat(held.expiresAt())
                .isAfter(lease.expiresAt()));
        assertThat(leases.extend(lease.hold(), Duration.ofSeconds(1))).isEqualTo(longer);
    }

    @Test
    void progressAndCheckpointAreKeptForTheNextRun() {
        JobId id = queues.add(name);
        Hold first = take(1).getFirst().hold();
        assertThat(leases.report(first, OptionalInt.of(40), Optional.of("{\"page\":4}")))
                .isInstanceOf(HoldResult.Held.class);
        assertThat(jobs.find(id).orElseThrow().progress()).isEqualTo(40);
        leases.handBack(first);
        assertThat(take(1).getFirst().checkpoint()).contains("{\"page\":4}");
    }

    @Test
    void aHandedBackJobWaitsAtItsOldPlaceWithAllItsAttempts() {
        JobId first = queues.add(name);
        JobId second = queues.add(name);
        Hold hold = take(1).getFirst().hold();
        assertThat(leases.handBack(hold)).isEqualTo(new SettleResult.Settled(JobState.WAITING, Optional.empty()));
        assertThat(leases.handBack(hold)).as("repeated").isInstanceOf(SettleResult.Settled.class);
        List<Lease> again = take(2);
        assertThat(again.stream().map(lease -> lease.hold().id())).containsExactly(first, second);
        assertThat(again.getFirst().attempt()).isEqualTo(1);
        Job job = jobs.find(first).orElseThrow();
        assertThat(job.crashes()).isZero();
        assertThat(job.runs()).extracting(Job.Run::outcome).containsExactly("handed_back");
    }

    @Test
    void aJobNobodyKnowsIsSaidSo() {
        Hold hold = new Hold(Queues.id(name), 1);
        assertThat(leases.extend(hold, MINUTE)).isEqualTo(new HoldResult.Unknown());
        assertThat(leases.complete(hold, Optional.empty())).isEqualTo(new SettleResult.Unknown());
        assertThat(leases.fail(hold, Verdict.RETRY, "x")).isEqualTo(new SettleResult.Unknown());
        assertThat(leases.handBack(hold)).isEqualTo(new SettleResult.Unknown());
        assertThat(jobs.cancel(hold.id())).isEqualTo(new JobStore.CancelResult.Unknown());
        assertThat(jobs.find(hold.id())).isEmpty();
    }

    @Test
    void aRepeatedWordOfTheSameHolderIsAnsweredTheSameAndCountsOnce() {
        JobId done = queues.add(name);
        Hold first = take(1).getFirst().hold();
        SettleResult settled = leases.complete(first, Optional.of("1"));
        assertThat(leases.complete(first, Optional.of("1"))).isEqualTo(settled);
        assertThat(leases.complete(first, Optional.of("2"))).isEqualTo(new SettleResult.Differs());
        assertThat(leases.complete(first, Optional.empty())).isEqualTo(new SettleResult.Differs());
        assertThat(jobs.find(done).orElseThrow().result()).contains("1");
        assertThat(queues.outboxLength(name)).isOne();

        JobId failing = queues.add(name);
        Hold second = take(1).getFirst().hold();
        SettleResult failed = leases.fail(second, Verdict.RETRY, "x");
        assertThat(leases.fail(second, Verdict.RETRY, "x")).isEqualTo(failed);
        assertThat(jobs.find(failing).orElseThrow().spent()).isOne();
    }

    private List<Lease> take(int max) {
        return leases.lease(name, new LeaseTerms(max, MINUTE, "worker-1")).leases();
    }
}
