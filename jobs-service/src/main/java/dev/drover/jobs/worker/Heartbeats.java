package dev.drover.jobs.worker;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseStore.HoldResult;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.platform.redis.StoreUnavailableException;

/** Extends the leases of all jobs of one worker, each at a third of its length, in one call for those whose time it is. */
final class Heartbeats {

    private static final Duration LOOK_MAX = Duration.ofMillis(250);

    private final LeaseStore store;
    private final WorkerPolicy policy;
    private final Set<RunningJob> running;
    private final CountDownLatch stopped;

    Heartbeats(LeaseStore store, WorkerPolicy policy, Set<RunningJob> running, CountDownLatch stopped) {
        this.store = store;
        this.policy = policy;
        this.running = running;
        this.stopped = stopped;
    }

    /** Until the worker is stopped: then all is given back, and no lease is extended any more. */
    void loop() {
        Duration quarter = policy.heartbeat().dividedBy(4);
        Duration look = quarter.compareTo(LOOK_MAX) < 0 ? quarter : LOOK_MAX;
        try {
            while (!stopped.await(look.toNanos(), TimeUnit.NANOSECONDS)) {
                beat();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        long askedNanos = System.nanoTime();
        running.forEach(job -> job.loseIfOver(askedNanos));
        List<RunningJob> due = running.stream()
                .filter(job -> job.isBeatDue(askedNanos))
                .limit(LeaseTerms.JOBS_LIMIT)
                .toList();
        if (due.isEmpty()) {
            return;
        }
        try {
            List<HoldResult> answers =
                    store.extendAll(due.stream().map(RunningJob::hold).toList(), policy.lease());
            for (int i = 0; i < due.size(); i++) {
                due.get(i).beaten(answers.get(i), askedNanos);
            }
        } catch (StoreUnavailableException e) {
            // At the next look again, until the lease is over by our own clock.
        }
    }
}
