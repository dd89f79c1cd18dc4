package dev.drover.jobs.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseStore.SettleResult;
import dev.drover.jobs.lease.Leases;
import dev.drover.jobs.lease.Verdict;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.StoreUnavailableException;

/** Serves one queue: leases no more than it has hands for, runs each job on a virtual thread, and settles it by the handler's word. */
final class QueueWorker {

    private static final Logger LOG = Logger.getLogger(QueueWorker.class);
    private static final int DETAIL_CHARS_MAX = 2_000;
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** What is done and not yet said when this worker is stopped: a call or two, if Redis answers. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final QueueName queue;
    private final WorkerPolicy policy;
    private final Leases leases;
    private final LeaseStore store;
    private final JobHandlers handlers;
    private final JobTelemetry telemetry;

    private final Semaphore hands;
    private final Set<RunningJob> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final JobThreads threads = new JobThreads(this::work);
    private final Completions completions;
    private final Heartbeats heartbeats;

    QueueWorker(
            QueueName queue,
            WorkerPolicy policy,
            Leases leases,
            LeaseStore store,
            JobHandlers handlers,
            JobTelemetry telemetry) {
        this.queue = queue;
        this.policy = policy;
        this.leases = leases;
        this.store = store;
        this.handlers = handlers;
        this.telemetry = telemetry;
        telemetry.countRunning(queue, running);
        this.hands = new Semaphore(policy.concurrency());
        this.completions = new Completions(store, this::free);
        this.heartbeats = new Heartbeats(store, policy, running, stopped);
    }

    /** Works until {@link #stop}, whatever happens to the store in between. */
    void loop() {
        Thread.ofVirtual().name("job-heartbeats").start(heartbeats::loop);
        boolean storeWasDown = false;
        while (!isStopped()) {
            try {
                runOnce();
                storeWasDown = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!(e instanceof StoreUnavailableException)) {
                    LOG.errorf(e, "the worker of queue %s goes on after a fault of ours", queue);
                } else if (!storeWasDown) {
                    LOG.warnf("queue %s cannot be served at the moment: %s", queue, e.getMessage());
                    storeWasDown = true;
                }
                pause(PAUSE);
            }
        }
    }

    /** Waits a moment for a free hand, then for work; returns how many jobs it started. */
    int runOnce() throws InterruptedException {
        int rest = policy.concurrency() - policy.processors().hands(policy.concurrency());
        // The moment is short, for how many hands rest is looked at anew each time.
        if (!hands.tryAcquire(rest + 1, MOMENT.toNanos(), TimeUnit.NANOSECONDS)) {
            return 0;
        }
        int free = 1 + hands.drainPermits();
        int asked = Math.min(free, policy.leasedAtOnce());
        hands.release(free - asked);
        int started = 0;
        try {
            Leases.Taken taken = leases.lease(queue, policy.terms(asked), policy.patience(), () -> !isStopped());
            List<RunningJob> jobs = taken.leases().stream()
                    .map(lease -> new RunningJob(lease, store, policy, taken.askedNanos()))
                    .toList();
            started = jobs.size();
            start(jobs);
            return started;
        } finally {
            hands.release(rest + asked - started);
        }
    }

    private void start(List<RunningJob> jobs) {
        running.addAll(jobs);
        if (isStopped()) {
            // They were handed out while this instance was being told to stop.
            jobs.forEach(job -> {
                job.lose();
                handBack(job);
            });
            free(jobs);
            return;
        }
        threads.run(jobs);
    }

    private void work(RunningJob job) {
        boolean isOver = true;
        try (JobTelemetry.Run run = telemetry.begin(job.lease())) {
            Optional<JobHandler> handler = handlers.find(job.type());
            JobOutcome outcome = handler.isPresent()
                    ? job.run(handler.get())
                    : new JobOutcome.Retry("this worker has no handler for " + job.type());
            run.ended(outcome);
            switch (outcome) {
                case JobOutcome.Succeeded done -> {
                    completions.add(job, Optional.ofNullable(done.resultJson()));
                    isOver = false;
                }
                case JobOutcome.NotDone no -> settle(job, no);
            }
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "job %s ended without a word; recovery will take it back", job.id());
        } finally {
            if (isOver) {
                free(List.of(job));
            }
        }
    }

    /** All of them first, so that as many as possible are asked for at once. */
    private void free(List<RunningJob> jobs) {
        jobs.forEach(running::remove);
        hands.release(jobs.size());
    }

    /** Says it until it is heard or the lease has ended; every word may be repeated. */
    private void settle(RunningJob job, JobOutcome.NotDone outcome) {
        Verdict verdict =
                switch (outcome) {
                    case JobOutcome.Retry again -> Verdict.RETRY;
                    case JobOutcome.Failed no -> Verdict.FAILED;
                    case JobOutcome.Dead dead -> Verdict.DEAD;
                };
        while (job.isLeaseHeld()) {
            try {
                report(job, outcome, store.fail(job.hold(), verdict, detail(outcome.reason())));
                return;
            } catch (StoreUnavailableException e) {
                pause(PAUSE.dividedBy(5));
            }
        }
        LOG.infof("job %s is no longer this worker's; its outcome is dropped", job.id());
    }

    private static void report(RunningJob job, JobOutcome.NotDone outcome, SettleResult result) {
        switch (result) {
            case SettleResult.Settled settled ->
                LOG.infof(
                        "job %s (%s) is %s: %s",
                        job.id(), job.type(), settled.state().word(), outcome);
            case SettleResult.Lost lost ->
                LOG.infof("job %s is no longer this worker's; its outcome was refused", job.id());
            case SettleResult.Unknown unknown -> LOG.warnf("job %s is gone", job.id());
            case SettleResult.Differs differs -> LOG.warnf("job %s has succeeded already", job.id());
        }
    }

    /**
     * Asks for nothing more, says what is done, and gives everything unfinished back, at once. Returns when all is said and given back, or
     * cannot be; what a call under way still brings is given back as it comes.
     */
    void stop() throws InterruptedException {
        stopped.countDown();
        List<Thread> givingBack = running.stream()
                .filter(job -> !job.isDone())
                .map(job -> Thread.ofVirtual().name("job-hand-back").start(() -> {
                    job.lose();
                    handBack(job);
                }))
                .toList();
        for (Thread thread : givingBack) {
            thread.join();
        }
        completions.awaitSaid(LAST_WORDS);
    }

    private void handBack(RunningJob job) {
        try {
            SettleResult result = store.handBack(job.hold());
            LOG.debugf("job %s: hand-back answered %s", job.id(), result);
        } catch (StoreUnavailableException e) {
            LOG.warnf("job %s could not be handed back; it returns when its lease ends: %s", job.id(), e.getMessage());
        }
    }

    /** The holder of a job that was cancelled has nothing more to say about it. */
    void cancelled(JobId id) {
        running.stream().filter(job -> job.id().equals(id)).forEach(RunningJob::lose);
    }

    int runningJobs() {
        return running.size();
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void pause(Duration length) {
        long spread = ThreadLocalRandom.current().nextLong(length.toNanos() / 2, length.toNanos());
        try {
            stopped.await(spread, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String detail(String reason) {
        String text = reason == null ? "" : reason;
        return text.length() > DETAIL_CHARS_MAX ? text.substring(0, DETAIL_CHARS_MAX) : text;
    }
}
