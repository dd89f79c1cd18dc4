package dev.drover.realtime.presence;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who follows one channel through this instance, and what of it the store has not been told. Going is told after a delay, so that who comes
 * back meanwhile, here or through another instance, has never been away.
 */
final class Roll {

    private final ReentrantLock lock = new ReentrantLock();

    /** Held while the store is told, by threads that may wait for it. */
    private final ReentrantLock telling = new ReentrantLock();

    private final Map<String, Integer> connections = new HashMap<>();
    private final Map<String, Instant> untold = new LinkedHashMap<>();
    private boolean fresh = true;
    private boolean holding;
    private Instant renewAt = Instant.MIN;

    void join(String sub, Instant now) {
        lock.lock();
        try {
            connections.merge(sub, 1, Integer::sum);
            untold.put(sub, now);
        } finally {
            lock.unlock();
        }
    }

    void leave(String sub, Instant tellAt) {
        lock.lock();
        try {
            connections.computeIfPresent(sub, (known, count) -> count == 1 ? null : count - 1);
            untold.put(sub, tellAt);
        } finally {
            lock.unlock();
        }
    }

    void beginTelling() {
        telling.lock();
    }

    void endTelling() {
        telling.unlock();
    }

    /** What is to be told now; an empty word when it is only time to say that the instance is still there; null for nothing. */
    Word due(Instant now, int max) {
        lock.lock();
        try {
            Map<String, Integer> changes = new LinkedHashMap<>();
            Iterator<Map.Entry<String, Instant>> each = untold.entrySet().iterator();
            while (each.hasNext() && changes.size() < max) {
                Map.Entry<String, Instant> next = each.next();
                if (!next.getValue().isAfter(now)) {
                    changes.put(next.getKey(), connections.getOrDefault(next.getKey(), 0));
                    each.remove();
                }
            }
            boolean renews = holding && !now.isBefore(renewAt);
            return changes.isEmpty() && !renews ? null : new Word(fresh, changes);
        } finally {
            lock.unlock();
        }
    }

    void told(long holds, Instant nextAt) {
        lock.lock();
        try {
            holding = holds > 0;
            fresh = !holding;
            renewAt = nextAt;
        } finally {
            lock.unlock();
        }
    }

    /** The word did not arrive, or may not have. */
    void untold(Word word, Instant again) {
        lock.lock();
        try {
            word.connections().keySet().forEach(sub -> untold.putIfAbsent(sub, again));
        } finally {
            lock.unlock();
        }
    }

    /** The store knows nothing of this instance any more. */
    void forgotten(Instant now) {
        lock.lock();
        try {
            fresh = true;
            holding = false;
            connections.keySet().forEach(sub -> untold.put(sub, now));
            untold.keySet().retainAll(connections.keySet());
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return connections.isEmpty() && untold.isEmpty() && !holding;
        } finally {
            lock.unlock();
        }
    }

    /** @param connections of accounts through this instance */
    record Word(boolean fresh, Map<String, Integer> connections) {}
}
