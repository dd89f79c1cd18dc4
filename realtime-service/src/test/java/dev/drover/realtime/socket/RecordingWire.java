package dev.drover.realtime.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import dev.drover.realtime.delivery.Frame;

/** A transport that takes frames only when told to, and whose thread comes at once unless it is held up. */
final class RecordingWire implements SendQueue.Wire {

    final List<String> written = new ArrayList<>();
    final List<CloseCode> closed = new ArrayList<>();
    boolean severed;
    int flushes;
    int summons;
    private SendQueue heldUp;
    private boolean isHeldUp;
    private final Deque<Runnable> unacknowledged = new ArrayDeque<>();

    @Override
    public void ready(SendQueue queue) {
        summons++;
        if (isHeldUp) {
            heldUp = queue;
        } else {
            queue.depart();
        }
    }

    @Override
    public void flush() {
        flushes++;
    }

    /** The thread of the socket has something else to do. */
    void holdUp() {
        isHeldUp = true;
    }

    void goOn() {
        isHeldUp = false;
        heldUp.depart();
    }

    @Override
    public void write(Frame frame, Runnable done) {
        written.add(frame.toString().strip());
        unacknowledged.add(done);
    }

    @Override
    public void close(CloseCode code) {
        closed.add(code);
    }

    @Override
    public void sever() {
        severed = true;
    }

    /** The network takes everything. */
    void take() {
        while (!unacknowledged.isEmpty()) {
            unacknowledged.removeFirst().run();
        }
    }
}
