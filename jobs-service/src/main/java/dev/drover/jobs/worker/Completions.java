package dev.drover.jobs.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseStore.Completion;
import dev.drover.jobs.lease.LeaseStore.SettleResult;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * Says of many runs in one call that they are done: those that end while a call is under way make up the next one. No thread waits for it.
 * The hand a run had is free again when the store has answered, so there are never more here than jobs run at once.
 */
@ProcessLocal(because = "runs that ended and the store has not heard of; if the process dies, their leases expire")
final class Completions {

    private static final Logger LOG = Logger.getLogger(Completions.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private record Done(RunningJob job, Optional<String> result) {}

    private final LeaseStore store;
    private final Consumer<List<RunningJob>> over;
    private final Queue<Done> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unsaid = new AtomicInteger();
    private volatile Thread saying;

    /** @param over told of jobs this process is through with, whatever the store said */
    Completions(LeaseStore store, Consumer<List<RunningJob>> over) {
        this.store = store;
        this.over = over;
    }

    /** Returns at once. @param result a JSON value as text */
    void add(RunningJob job, Optional<String> result) {
        job.done();
        waiting.add(new Done(job, result));
        if (unsaid.getAndIncrement() == 0) {
            saying = Thread.ofVirtual().name("job-completions").unstarted(this::sayAll);
            saying.start();
        }
    }

    /** Waits until what was added is said, if that is soon. */
    void awaitSaid(Duration atMost) throws InterruptedException {
        Thread last = saying;
        if (last != null) {
            last.join(atMost);
        }
    }

    /** As long as there are any: whoever adds to none begins anew. */
    private void sayAll() {
        int said;
        do {
            // Those that end at this moment come along.
            Thread.yield();
            List<Done> batch = next();
            said = batch.size();
            List<RunningJob> jobs = batch.stream().map(Done::job).toList();
            try {
                say(batch);
            } catch (RuntimeException | Error e) {
                LOG.errorf(e, "%d jobs are done and could not be completed; recovery will take them back", said);
            } finally {
                over.accept(jobs);
            }
        } while (unsaid.addAndGet(-said) > 0);
    }

    private List<Done> next() {
        List<Done> batch = new ArrayList<>();
        for (Done done = waiting.poll(); done != null; done = waiting.poll()) {
            batch.add(done);
            if (batch.size() == LeaseTerms.JOBS_LIMIT) {
                break;
            }
        }
        return batch;
    }

    /** Until it is heard or the leases have ended; every word may be repeated. */
    private void say(List<Done> batch) {
        batch.removeIf(Completions::isLost);
        while (!batch.isEmpty()) {
            try {
                List<SettleResult> answers = store.completeAll(batch.stream()
                        .map(done -> new Completion(done.job().hold(), done.result()))
                        .toList());
                for (int i = 0; i < batch.size(); i++) {
                    report(batch.get(i).job(), answers.get(i));
                }
                return;
            } catch (StoreUnavailableException e) {
                long spread = ThreadLocalRandom.current().nextLong(PAUSE.toNanos() / 2, PAUSE.toNanos());
                LockSupport.parkNanos(spread);
                batch.removeIf(Completions::isLost);
            }
        }
    }

    private static boolean isLost(Done done) {
        if (done.job().isLeaseHeld()) {
            return false;
        }
        LOG.infof(
                "job %s is no longer this worker's; its outcome is dropped",
                done.job().id());
        return true;
    }

    private static void report(RunningJob job, SettleResult result) {
        switch (result) {
            case SettleResult.Settled settled -> {}
            case SettleResult.Lost lost ->
                LOG.infof("job %s is no longer this worker's; its outcome was refused", job.id());
            case SettleResult.Unknown unknown -> LOG.warnf("job %s is gone", job.id());
            case SettleResult.Differs differs ->
                LOG.warnf("job %s has succeeded with another result under this lease; it stays", job.id());
        }
    }
}
