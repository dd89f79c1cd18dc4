package dev.drover.platform.redis;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * How long one request may wait for Redis, over all its calls: each has what those before it left, and calls that wait together spend the same
 * time once. So a request ends in time however many calls it makes. Noted in the request's own Vert.x context.
 *
 * <p>What a request does without waiting gives back as much as it takes, so that a long poll or a socket, which asks now and then, never
 * runs out of it. Only after a wait in vain nothing is left for a while: what goes on after such a failure, as a check does that may be
 * left out, fails at once at its next call.
 */
final class Patience {

    static final String KEY = Patience.class.getName();

    /** Less than this part of the whole is no time for a call: it would end in vain and say nothing of Redis. */
    private static final int PARTS = 20;

    private final Duration whole;
    private final LongSupplier nanoTime;
    private long waitedNanos;
    private long noteNanos;
    private int calls;
    private boolean isLost;
    private long lostNanos;

    /** @param nanoTime this process's monotonic clock */
    Patience(Duration whole, LongSupplier nanoTime) {
        this.whole = whole;
        this.nanoTime = nanoTime;
        this.noteNanos = nanoTime.getAsLong();
    }

    /** Of the request this thread works for; a new one for what belongs to no request. */
    static Patience current(Duration whole) {
        return Vertx.currentContext() instanceof ContextInternal context && VertxContext.isDuplicatedContext(context)
                ? (Patience)
                        context.localContextData().computeIfAbsent(KEY, absent -> new Patience(whole, System::nanoTime))
                : new Patience(whole, System::nanoTime);
    }

    /** A call begins. Returns how long it may take; when that is nothing it must not be made, and {@link #end} not be called. */
    synchronized Duration begin() {
        note();
        if (isLost && noteNanos - lostNanos < whole.toNanos()) {
            return Duration.ZERO;
        }
        isLost = false;
        Duration left = whole.minusNanos(waitedNanos);
        if (left.compareTo(whole.dividedBy(PARTS)) < 0) {
            return Duration.ZERO;
        }
        calls++;
        return left;
    }

    /** A call that began is over, however it ended. */
    synchronized void end() {
        note();
        calls--;
    }

    /** A call was waited for in vain. */
    synchronized void lose() {
        note();
        isLost = true;
        lostNanos = noteNanos;
        waitedNanos = 0;
    }

    private void note() {
        long now = nanoTime.getAsLong();
        long passed = now - noteNanos;
        waitedNanos = calls > 0 ? waitedNanos + passed : Math.max(0, waitedNanos - passed);
        noteNanos = now;
    }
}
