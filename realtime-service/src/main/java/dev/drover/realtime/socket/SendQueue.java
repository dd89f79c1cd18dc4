package dev.drover.realtime.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.drover.realtime.delivery.Frame;

/**
 * What waits to be sent on one socket, bounded in frames and bytes. Only a small window is handed to the transport at a time, so the bound
 * is the bound of the memory a slow reader costs. Whoever offers a frame never waits, and writes nothing: the thread of the socket is asked to, and
 * takes all that waits by then.
 */
final class SendQueue {

    private static final int WINDOW_BYTES = 64 * 1024;
    private static final int WINDOW_FRAMES = 64;

    private final Wire wire;
    private final int framesMax;
    private final long bytesMax;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private int windowFrames;
    private long windowBytes;
    private long windowSinceNanos;
    private CloseCode closing;
    private boolean summoned;
    private boolean closed;
    private boolean severed;

    SendQueue(Wire wire, int framesMax, long bytesMax) {
        this.wire = wire;
        this.framesMax = framesMax;
        this.bytesMax = bytesMax;
    }

    /** False when the frame finds no place: the socket is a slow consumer. A closing socket takes frames and drops them. */
    boolean offer(Frame frame) {
        lock.lock();
        try {
            if (closing != null || closed) {
                return true;
            }
            if (waiting.size() >= framesMax || waitingBytes + frame.bytes() > bytesMax) {
                return false;
            }
            append(frame);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Sends what waits, then the last frame, then closes. The first reason stands. */
    void close(String lastFrame, CloseCode code) {
        end(lastFrame, code, false);
    }

    /** Forgets what waits: the reader would not take it. */
    void drop(String lastFrame, CloseCode code) {
        end(lastFrame, code, true);
    }

    private void end(String lastFrame, CloseCode code, boolean forget) {
        lock.lock();
        try {
            if (closing != null || closed) {
                return;
            }
            if (forget) {
                waiting.clear();
                waitingBytes = 0;
            }
            append(Frame.of(lastFrame));
            closing = code;
            taken.signalAll();
            summon();
        } finally {
            lock.unlock();
        }
    }

    private void append(Frame frame) {
        waiting.addLast(frame);
        waitingBytes += frame.bytes();
        summon();
    }

    /** Has the thread of the socket come, if there is anything to do and it is not on its way. */
    private void summon() {
        if (!summoned && (canWrite() || canClose())) {
            summoned = true;
            wire.ready(this);
        }
    }

    private boolean canWrite() {
        return !waiting.isEmpty() && windowFrames < WINDOW_FRAMES && windowBytes < WINDOW_BYTES;
    }

    private boolean canClose() {
        return closing != null && !closed && waiting.isEmpty() && windowFrames == 0;
    }

    /** On the thread of the socket only: writes what the window has room for, and closes when all has left. */
    void depart() {
        int frames = 0;
        for (Frame next = take(); next != null; next = take()) {
            int bytes = next.bytes();
            wire.write(next, () -> written(bytes));
            frames++;
        }
        if (frames > 0) {
            wire.flush();
        }
        lock.lock();
        try {
            summoned = false;
            if (canClose()) {
                closed = true;
                wire.close(closing);
            } else {
                summon();
            }
        } finally {
            lock.unlock();
        }
    }

    private Frame take() {
        lock.lock();
        try {
            if (!canWrite()) {
                return null;
            }
            Frame next = waiting.removeFirst();
            waitingBytes -= next.bytes();
            if (windowFrames == 0) {
                windowSinceNanos = System.nanoTime();
            }
            windowFrames++;
            windowBytes += next.bytes();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void written(int bytes) {
        lock.lock();
        try {
            windowFrames--;
            windowBytes -= bytes;
            windowSinceNanos = System.nanoTime();
            summon();
            if (hasRoom()) {
                taken.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until less than a quarter of the queue is in use; false when the socket is closing or took nothing for too long. */
    boolean awaitRoom(Duration limit) {
        lock.lock();
        try {
            long nanosLeft = limit.toNanos();
            while (closing == null && !closed && !hasRoom()) {
                if (nanosLeft <= 0) {
                    return false;
                }
                nanosLeft = taken.awaitNanos(nanosLeft);
            }
            return closing == null && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom() {
        return waiting.size() <= framesMax / 4 && waitingBytes <= bytesMax / 4;
    }

    /** Whether the transport has taken nothing for so long although there is something to take. */
    boolean isStalled(Duration limit) {
        lock.lock();
        try {
            return !severed && windowFrames > 0 && System.nanoTime() - windowSinceNanos > limit.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** Ends at once what cannot be ended in order: the reader takes nothing, not even a farewell. */
    void abort(CloseCode code) {
        lock.lock();
        try {
            waiting.clear();
            waitingBytes = 0;
            closing = closing == null ? code : closing;
            closed = true;
            severed = true;
            taken.signalAll();
            wire.sever();
        } finally {
            lock.unlock();
        }
    }

    /** The socket is gone. */
    void gone() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            waitingBytes = 0;
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The transport. No call blocks; writes happen in the order of the calls. */
    interface Wire {

        /** Has {@link #depart()} called once, soon, on the thread of the socket. */
        void ready(SendQueue queue);

        /**
         * Only within {@link #depart()}; leaves with the next flush.
         *
         * @param written runs on the thread of the socket when the frame has left for the network or cannot; not when the connection has ended before
         */
        void write(Frame frame, Runnable written);

        /** Only within {@link #depart()}. */
        void flush();

        void close(CloseCode code);

        /** Ends the connection without a farewell. */
        void sever();
    }
}
