package dev.drover.jobs.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.lease.Lease;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;

/** How a worker keeps the leases of what it runs, and what it does when it loses them. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class WorkerLeasesTest extends WorkingQueue {

    @Test
    void aHandlerLongerThanItsLeaseKeepsItByHeartbeat() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<JobExecution> running = new AtomicReference<>();
        worker(SHORT_LEASE, 1, execution -> {
            running.set(execution);
            release.await();
            return new JobOutcome.Succeeded("null");
        });
        JobId id = queues.add(name);
        eventually(id, JobState.ACTIVE);
        var firstEnd = jobs.find(id).orElseThrow().holder().orElseThrow().leaseUntil();
        // Twice extended beyond its first end, and nothing to recover.
        Eventually.within(SOON).until(() -> jobs.find(id)
                .orElseThrow()
                .holder()
                .orElseThrow()
                .leaseUntil()
                .isAfter(firstEnd.plus(SHORT_LEASE)));
        assertThat(recovery.recover(name)).isZero();
        assertThat(running.get().isLeaseHeld()).isTrue();
        release.countDown();
        assertThat(eventually(id, JobState.SUCCEEDED).runs()).hasSize(1);
    }

    /** As after SIGSTOP and SIGCONT: the holder does not know yet, and its word comes late. */
    @Test
    void theLateCompletionOfAnExpiredLeaseIsRefusedAndTheEffectCountsOnce() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch spoken = new CountDownLatch(1);
        worker(LONG_LEASE, 1, execution -> {
            release.await();
            spoken.countDown();
            return new JobOutcome.Succeeded("\"late\"");
        });
        JobId id = queues.add(name);
        eventually(id, JobState.ACTIVE);
        QueueWorker late = workers.getFirst();
        queues.letLeaseExpire(id);
        Lease again = recoverAndTake();

        release.countDown();
        assertThat(spoken.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Eventually.within(SOON).until(() -> late.runningJobs() == 0);
        assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(JobState.ACTIVE);

        store.complete(again.hold(), Optional.of("\"second\""));
        Job job = jobs.find(id).orElseThrow();
        assertThat(job.result()).contains("\"second\"");
        assertThat(job.spent()).isOne();
        assertThat(queues.outboxLength(name)).as("told once").isOne();
    }

    @Test
    void aHandlerThatBlocksIsInterruptedWhenTheHeartbeatIsRefused() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicBoolean heldAfterwards = new AtomicBoolean(true);
        AtomicInteger effects = new AtomicInteger();
        worker(SHORT_LEASE, 1, execution -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                heldAfterwards.set(execution.isLeaseHeld());
                if (execution.isLeaseHeld()) {
                    effects.incrementAndGet();
                }
                interrupted.countDown();
            }
            return new JobOutcome.Succeeded("\"late\"");
        });
        JobId id = queues.add(name);
        eventually(id, JobState.ACTIVE);
        assertThat(jobs.cancel(id)).isEqualTo(new JobStore.CancelResult.Cancelled());
        assertThat(interrupted.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(heldAfterwards).isFalse();
        assertThat(effects).hasValue(0);
        Eventually.within(SOON).until(() -> workers.getFirst().runningJobs() == 0);
        assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aHandlerThatTakesTooLongIsInterruptedAndHasFailed() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        worker(LONG_LEASE, 1, execution -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return new JobOutcome.Succeeded("null");
        });
        JobId id = queues.add(name, JobOptions.NONE.within(Duration.ofSeconds(1)));
        assertThat(interrupted.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Eventually.within(SOON).until(() -> recovery.recover(name) == 1);
        Job job = jobs.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(job.fault().orElseThrow().reason()).isEqualTo("timed_out");
        assertThat(job.spent()).isOne();
    }

    @Test
    void stoppingHandsBackAtOnceWithTheCheckpointAndSpendsNothing() throws InterruptedException {
        CountDownLatch saved = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        QueueWorker stopping = worker(LONG_LEASE, 1, execution -> {
            execution.progress(30);
            execution.saveCheckpoint("{\"page\":3}");
            saved.countDown();
            never.await();
            return new JobOutcome.Succeeded("null");
        });
        JobId id = queues.add(name);
        assertThat(saved.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

        stopping.stop();

        Job job = jobs.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.WAITING);
        assertThat(job.checkpoint()).contains("{\"page\":3}");
        assertThat(job.attempt()).isZero();
        assertThat(job.crashes()).isZero();

        AtomicReference<Optional<String>> found = new AtomicReference<>(Optional.empty());
        worker(LONG_LEASE, 1, execution -> {
            found.set(execution.checkpoint());
            return new JobOutcome.Succeeded("null");
        });
        eventually(id, JobState.SUCCEEDED);
        assertThat(found.get()).contains("{\"page\":3}");
    }
}
