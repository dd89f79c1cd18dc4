package dev.drover.realtime.socket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * The sockets of one event loop that have something to send. However many have, it is one task of the loop and not one for each: a message for
 * thousands of sockets would otherwise be as many tasks.
 */
@ProcessLocal(
        because = "which sockets of this process have something to send; what, is in their queues and in the history")
final class Departures {

    private static final Logger LOG = Logger.getLogger(Departures.class);

    /** After so many sockets the loop sees to what else there is. */
    private static final int AT_ONCE = 128;

    private final Executor loop;
    /** Each socket once at most, so there are no more than sockets. */
    private final Queue<SendQueue> due = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean called = new AtomicBoolean();
    private final Encoded encoded = new Encoded();

    Departures(Executor loop) {
        this.loop = loop;
    }

    void add(SendQueue queue) {
        due.add(queue);
        if (called.compareAndSet(false, true)) {
            loop.execute(this::run);
        }
    }

    /** Only while a socket departs. */
    Encoded encoded() {
        return encoded;
    }

    private void run() {
        for (int i = 0; i < AT_ONCE; i++) {
            SendQueue next = due.poll();
            if (next == null) {
                encoded.forget();
                called.set(false);
                // One may have come between the two, and found the loop called.
                if (due.isEmpty() || !called.compareAndSet(false, true)) {
                    return;
                }
            } else {
                depart(next);
            }
        }
        loop.execute(this::run);
    }

    private static void depart(SendQueue queue) {
        try {
            queue.depart();
        } catch (RuntimeException e) {
            // The others' turn comes all the same.
            LOG.errorf(e, "a socket could not be written to");
        }
    }
}
