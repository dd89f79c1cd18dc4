package dev.drover.platform.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * Lets so many calls at once go for a connection; the others wait in the order they came. In a cluster a connection is one to every node,
 * each from a pool of its own: calls that wait in one pool for what is held by calls that wait in another would wait for ever. A call whose
 * turn it is finds room in every pool.
 */
final class Turns {

    private final int waitingMax;

    @ProcessLocal(because = "how many more of this process's calls may use its own connections")
    private final AtomicInteger free;

    @ProcessLocal(
            because = "this process's calls that wait for one of its own connections; bounded by the room to wait")
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    @ProcessLocal(because = "how many wait: a queue that two sides change cannot be counted in passing")
    private final AtomicInteger waitingCount = new AtomicInteger();

    Turns(int atOnce, int waitingMax) {
        this.free = new AtomicInteger(atOnce);
        this.waitingMax = waitingMax;
    }

    /** Runs it now or when its turn comes; whoever had a turn {@link #end ends} it, once. False, and it is not run, when there is no room to wait. */
    boolean take(Runnable turn) {
        if (waitingCount.incrementAndGet() > waitingMax + Math.max(0, free.get())) {
            waitingCount.decrementAndGet();
            return false;
        }
        waiting.add(turn);
        goOn();
        return true;
    }

    void end() {
        free.incrementAndGet();
        goOn();
    }

    /** Whoever comes late finds the queue empty and gives back what it took, and looks again, for one may have come meanwhile. */
    private void goOn() {
        while (!waiting.isEmpty() && free.getAndUpdate(left -> left > 0 ? left - 1 : left) > 0) {
            Runnable next = waiting.poll();
            if (next == null) {
                free.incrementAndGet();
            } else {
                waitingCount.decrementAndGet();
                next.run();
            }
        }
    }
}
