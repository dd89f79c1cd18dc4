package dev.drover.jobs.lease;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.inject.Singleton;

import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * Where idle callers of this instance sleep, one place per queue. Only a hint lives here: whoever wakes up looks at the queue, and whoever
 * is not woken looks after a while. A place exists only while someone sleeps there.
 */
@Singleton
@ProcessLocal(because = "where requests of this process sleep; whoever is not woken looks at the queue after a while")
public final class QueueSignals {

    private final Map<QueueName, Signal> signals = new ConcurrentHashMap<>();

    /** To be taken before looking at the queue, so that a wake-up between the look and the sleep is not slept through. */
    Signal enter(QueueName queue) {
        return signals.compute(queue, (name, present) -> {
            Signal signal = present == null ? new Signal() : present;
            signal.guests++;
            return signal;
        });
    }

    void leave(QueueName queue) {
        signals.computeIfPresent(queue, (name, signal) -> --signal.guests == 0 ? null : signal);
    }

    void raise(QueueName queue) {
        Signal signal = signals.get(queue);
        if (signal != null) {
            signal.raise();
        }
    }

    /** Whether anyone of this instance sleeps on the queue, or is about to. */
    boolean isAwaited(QueueName queue) {
        return signals.containsKey(queue);
    }

    /** For when wake-ups may have been missed, and for the end. */
    public void raiseAll() {
        signals.values().forEach(Signal::raise);
    }

    static final class Signal {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition raised = lock.newCondition();
        private long count;
        private int guests;

        long count() {
            lock.lock();
            try {
                return count;
            } finally {
                lock.unlock();
            }
        }

        /** Returns when it was raised since {@code seen}, or the time is over. */
        void await(long seen, Duration max) throws InterruptedException {
            long left = max.toNanos();
            lock.lockInterruptibly();
            try {
                while (count == seen && left > 0) {
                    left = raised.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }

        private void raise() {
            lock.lock();
            try {
                count++;
                raised.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
