package dev.drover.jobs.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.lease.Lease;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.jobs.lease.LeasesWithoutLooking;
import dev.drover.jobs.lease.QueueSignals;
import dev.drover.jobs.recovery.RecoveryProbe;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class QueueWorkerTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONG_LEASE = Duration.ofMinutes(5);
    private static final Duration SHORT_LEASE = Duration.ofMillis(600);

    @Inject
    LeasesWithoutLooking leases;

    @Inject
    LeaseStore store;

    @Inject
    JobStore jobs;

    @Inject
    RecoveryProbe recovery;

    @Inject
    Queues queues;

    @Inject
    QueueSignals signals;

    @Inject
    JobTelemetry telemetry;

    @Inject
    MeterRegistry meters;

    private final QueueName name = Queues.fresh();
    private final List<QueueWorker> workers = new ArrayList<>();

    @AfterEach
    void stopWorkers() throws InterruptedException {
        for (QueueWorker worker : workers) {
            worker.stop();
        }
        signals.raiseAll();
    }

    @Test
    void anIdleWorkerIsWokenByAJobAndRunsIt() {
        worker(LONG_LEASE, 4, execution -> new JobOutcome.Succeeded("{\"sum\":" + execution.payload() + "}"));
        JobId first = queues.add(name);
        eventually(first, JobState.SUCCEEDED);
        JobId second = queues.add(name);
        Job job = eventually(second, JobState.SUCCEEDED);
        assertThat(job.result()).contains("{\"sum\":{\"n\":1}}");
        assertThat(job.progress()).isEqualTo(100);
        assertThat(job.runs()).singleElement().extracting(Job.Run::worker).isEqualTo("worker-a");
    }

    @Test
    void aRunIsMeasuredByItsQueueAndHowItEnded() {
        worker(LONG_LEASE, 1, execution -> new JobOutcome.Failed("no"));
        eventually(queues.add(name), JobState.FAILED);

        Eventually.within(SOON)
                .until(() ->
                        meters
                                        .find("drover.jobs.runs")
                                        .tags("queue", name.toString(), "outcome", "failed")
                                        .timers()
                                        .stream()
                                        .mapToLong(Timer::count)
                                        .sum()
                                == 1);
        assertThat(meters.get("drover.jobs.running")
                        .tag("queue", name.toString())
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void anIdleWorkerRunsADelayedJobWhenItIsDue() {
        worker(LONG_LEASE, 1, execution -> new JobOutcome.Succeeded("null"));
        JobId id = queues.add(name, "test.work", Duration.ofMillis(300), 1);
        eventually(id, JobState.SUCCEEDED);
    }

    @Test
    void noMoreJobsRunAtOnceThanThereAreHands() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch threeRun = new CountDownLatch(3);
        worker(LONG_LEASE, 3, execution -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            threeRun.countDown();
            threeRun.await();
            atOnce.decrementAndGet();
            return new JobOutcome.Succeeded("null");
        });
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(queues.add(name));
        }
        ids.forEach(id -> eventually(id, JobState.SUCCEEDED));
        assertThat(most).hasValue(3);
    }

    @Test
    void whatAHandlerThrowsSpendsAnAttemptWithItsText() {
        worker(LONG_LEASE, 1, execution -> {
            throw new IllegalArgumentException("no such picture");
        });
        JobId id = queues.add(name, "test.work", Duration.ZERO, 1);
        assertThat(eventually(id, JobState.DEAD).fault())
                .contains(new Job.Fault("attempts_spent", "IllegalArgumentException: no such picture"));
    }

    @Test
    void aHandlerMayEndAJobForGood() {
        AtomicReference<JobOutcome> answer = new AtomicReference<>(new JobOutcome.Failed("not an image"));
        worker(LONG_LEASE, 2, execution -> answer.get());
        assertThat(eventually(queues.add(name), JobState.FAILED).fault())
                .contains(new Job.Fault("refused", "not an image"));
        answer.set(new JobOutcome.Dead("unreachable"));
        assertThat(eventually(queues.add(name), JobState.DEAD).fault())
                .contains(new Job.Fault("given_up", "unreachable"));
    }

    @Test
    void aTypeWithoutHandlerSaysSo() {
        worker(LONG_LEASE, 1, execution -> new JobOutcome.Succeeded("null"));
        JobId id = queues.add(name, "test.unheard-of", Duration.ZERO, 1);
        assertThat(eventually(id, JobState.DEAD).fault().orElseThrow().detail())
                .isEqualTo("this worker has no handler for test.unheard-of");
    }

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
    void manyJobsThatEndAtOnceAreCompletedInFewCalls() {
        int total = 300;
        AtomicInteger calls = new AtomicInteger();
        LeaseStore counting = (LeaseStore) Proxy.newProxyInstance(
                LeaseStore.class.getClassLoader(), new Class<?>[] {LeaseStore.class}, (proxy, method, args) -> {
                    if (method.getName().startsWith("complete")) {
                        calls.incrementAndGet();
                    }
                    return method.invoke(store, args);
                });
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            ids.add(queues.add(name));
        }
        CountDownLatch all = new CountDownLatch(total);
        WorkerPolicy policy = new WorkerPolicy("worker-a", total, LONG_LEASE, Duration.ofMinutes(10));
        JobHandlers handlers = new JobHandlers(List.of(handler(execution -> {
            all.countDown();
            all.await();
            return new JobOutcome.Succeeded("null");
        })));
        QueueWorker worker = new QueueWorker(name, policy, leases.get(), counting, handlers, telemetry);
        workers.add(worker);
        Thread.ofVirtual().start(worker::loop);
        ids.forEach(id -> eventually(id, JobState.SUCCEEDED));
        assertThat(calls.get()).isLessThan(total / 2);
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

    private Lease recoverAndTake() {
        assertThat(recovery.recover(name)).isOne();
        return store.lease(name, new LeaseTerms(1, LONG_LEASE, "worker-b"))
                .leases()
                .getFirst();
    }

    private Job eventually(JobId id, JobState state) {
        Eventually.within(SOON)
                .untilAsserted(
                        () -> assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(state));
        return jobs.find(id).orElseThrow();
    }

    private QueueWorker worker(Duration lease, int concurrency, Work work) {
        WorkerPolicy policy = new WorkerPolicy("worker-a", concurrency, lease, Duration.ofMinutes(10));
        QueueWorker worker =
                new QueueWorker(name, policy, leases.get(), store, new JobHandlers(List.of(handler(work))), telemetry);
        workers.add(worker);
        Thread.ofVirtual().start(worker::loop);
        return worker;
    }

    private static JobHandler handler(Work work) {
        return new JobHandler() {
            @Override
            public String type() {
                return "test.work";
            }

            @Override
            public JobOutcome handle(JobExecution execution) throws Exception {
                return work.run(execution);
            }
        };
    }

    private interface Work {
        JobOutcome run(JobExecution execution) throws Exception;
    }
}
