package dev.drover.realtime.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/** What a client has said and nobody has answered yet: bounded, and carried out in order by one thread at a time. */
final class Inbox {

    private final int framesMax;
    private final Executor threads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> frames = new ArrayDeque<>();
    private boolean working;
    private boolean closed;

    Inbox(int framesMax, Executor threads) {
        this.framesMax = framesMax;
        this.threads = threads;
    }

    /** Never blocks; false when there are too many already. */
    boolean add(Runnable frame) {
        lock.lock();
        try {
            if (closed) {
                return true;
            }
            if (frames.size() >= framesMax) {
                return false;
            }
            frames.addLast(frame);
            if (!working) {
                working = true;
                threads.execute(this::work);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            frames.clear();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (Runnable frame = next(); frame != null; frame = next()) {
            frame.run();
        }
    }

    private Runnable next() {
        lock.lock();
        try {
            Runnable frame = frames.pollFirst();
            working = frame != null;
            return frame;
        } finally {
            lock.unlock();
        }
    }
}
