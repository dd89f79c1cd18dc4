package dev.drover.jobs.worker;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

import dev.drover.jobs.lease.Hold;
import dev.drover.jobs.lease.Lease;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseStore.HoldResult;
import dev.drover.platform.jobs.JobId;

/**
 * One lease in this process. It is held until its end by this process's own monotonic clock, counted from before it was asked for, so this
 * side never thinks it holds what the store has given up; a process that was stopped and continued notices by itself.
 */
final class RunningJob implements JobExecution {

    private static final int CHECKPOINT_CHARS_MAX = 16 * 1024;

    private final Lease lease;
    private final LeaseStore leases;
    private final WorkerPolicy policy;
    private final long leasedAtNanos;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile boolean lost;
    private volatile boolean done;
    private volatile long heldUntilNanos;
    private volatile long beatAtNanos;
    private volatile Optional<String> checkpoint;
    private Thread handlerThread;

    RunningJob(Lease lease, LeaseStore leases, WorkerPolicy policy, long leasedAtNanos) {
        this.lease = lease;
        this.leases = leases;
        this.policy = policy;
        this.checkpoint = lease.checkpoint();
        this.leasedAtNanos = leasedAtNanos;
        hold(leasedAtNanos);
    }

    /** Runs the handler on this thread. What comes back counts only while {@link #isLeaseHeld()}. */
    JobOutcome run(JobHandler handler) {
        if (!begin()) {
            return new JobOutcome.Retry("its lease was lost before it began");
        }
        try {
            return handler.handle(this);
        } catch (Exception e) {
            String text = e.getMessage() == null ? "" : ": " + e.getMessage();
            return new JobOutcome.Retry(e.getClass().getSimpleName() + text);
        } finally {
            end();
        }
    }

    private boolean begin() {
        lock.lock();
        try {
            handlerThread = lost ? null : Thread.currentThread();
            return handlerThread != null;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            handlerThread = null;
            // An interrupt was for the handler; what follows on this thread is ours.
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Its work is done; only the store has to hear of it. */
    void done() {
        done = true;
    }

    boolean isDone() {
        return done;
    }

    /** From here on the job is not ours: its handler is interrupted, its outcome dropped. */
    void lose() {
        lock.lock();
        try {
            lost = true;
            if (handlerThread != null) {
                handlerThread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The lease has ended by our own clock, or the time limit of the job is over. */
    void loseIfOver(long nowNanos) {
        if (!lost && nowNanos - heldUntilNanos >= 0) {
            lose();
        }
    }

    boolean isBeatDue(long nowNanos) {
        return !lost && nowNanos - beatAtNanos >= 0;
    }

    /** What the store said to the heartbeat that was asked for at that time. */
    void beaten(HoldResult answer, long askedNanos) {
        switch (answer) {
            case HoldResult.Held held -> hold(askedNanos);
            case HoldResult.Lost gone -> lose();
            case HoldResult.Unknown gone -> lose();
        }
    }

    private void hold(long askedNanos) {
        long until = askedNanos + policy.lease().toNanos();
        heldUntilNanos = lease.timeLimit()
                .map(limit -> leasedAtNanos + limit.toNanos())
                .filter(limit -> limit - until < 0)
                .orElse(until);
        beatAtNanos = askedNanos + policy.heartbeat().toNanos();
    }

    Hold hold() {
        return lease.hold();
    }

    Lease lease() {
        return lease;
    }

    @Override
    public boolean isLeaseHeld() {
        return !lost && System.nanoTime() - heldUntilNanos < 0;
    }

    @Override
    public void progress(int percent) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("progress is 0 to 100: " + percent);
        }
        report(OptionalInt.of(percent), Optional.empty());
    }

    @Override
    public void saveCheckpoint(String checkpointJson) {
        if (checkpointJson.isEmpty() || checkpointJson.length() > CHECKPOINT_CHARS_MAX) {
            throw new IllegalArgumentException("a checkpoint has 1 to " + CHECKPOINT_CHARS_MAX + " characters");
        }
        report(OptionalInt.empty(), Optional.of(checkpointJson));
        checkpoint = Optional.of(checkpointJson);
    }

    private void report(OptionalInt percent, Optional<String> left) {
        switch (leases.report(lease.hold(), percent, left)) {
            case HoldResult.Held held -> {}
            case HoldResult.Lost gone -> lose();
            case HoldResult.Unknown gone -> lose();
        }
    }

    @Override
    public Optional<String> checkpoint() {
        return checkpoint;
    }

    @Override
    public JobId id() {
        return lease.hold().id();
    }

    @Override
    public String type() {
        return lease.type();
    }

    @Override
    public String owner() {
        return lease.owner();
    }

    @Override
    public String payload() {
        return lease.payload();
    }

    @Override
    public int attempt() {
        return lease.attempt();
    }

    @Override
    public long fencingToken() {
        return lease.hold().fencingToken();
    }
}
