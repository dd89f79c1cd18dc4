package dev.drover.jobs.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;

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
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.Eventually;

/** A queue of a test's own with workers on it, which are stopped after the test. */
abstract class WorkingQueue {

    static final Duration SOON = Duration.ofSeconds(10);
    static final Duration LONG_LEASE = Duration.ofMinutes(5);
    static final Duration SHORT_LEASE = Duration.ofMillis(600);

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

    final QueueName name = Queues.fresh();
    final List<QueueWorker> workers = new ArrayList<>();

    @AfterEach
    void stopWorkers() throws InterruptedException {
        for (QueueWorker worker : workers) {
            worker.stop();
        }
        signals.raiseAll();
    }

    Lease recoverAndTake() {
        assertThat(recovery.recover(name)).isOne();
        return store.lease(name, new LeaseTerms(1, LONG_LEASE, "worker-b"))
                .leases()
                .getFirst();
    }

    Job eventually(JobId id, JobState state) {
        Eventually.within(SOON)
                .untilAsserted(
                        () -> assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(state));
        return jobs.find(id).orElseThrow();
    }

    QueueWorker worker(Duration lease, int concurrency, Work work) {
        return worker(new WorkerPolicy("worker-a", concurrency, lease, Duration.ofMinutes(10)), store, work);
    }

    /** @param through what it says of its jobs goes through that */
    QueueWorker worker(WorkerPolicy policy, LeaseStore through, Work work) {
        QueueWorker worker = new QueueWorker(
                name, policy, leases.get(), through, new JobHandlers(List.of(handler(work))), telemetry);
        workers.add(worker);
        Thread.ofVirtual().start(worker::loop);
        return worker;
    }

    static JobHandler handler(Work work) {
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

    interface Work {
        JobOutcome run(JobExecution execution) throws Exception;
    }
}
