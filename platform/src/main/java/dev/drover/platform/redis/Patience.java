package dev.drover.platform.redis;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * How long one request may wait for Redis, over all its calls: each has what those before it left, and calls that wait together spend the same
 * time once. So a request ends in time however many calls it makes, and whatever it does between them, such as a password hash. Noted in
 * the request's own Vert.x context.
 *
 * <p>A long poll or a stream, which asks now and then for as long as it lasts, must not run out of it: the time a request does not wait
 * gives back a tenth of what it takes. Work that no client waits for, such as a job, has all of it for each of its calls.
 *
 * <p>After a wait in vain nothing is left for a while, of a request or of other work: what goes on after such a failure, as a check does that
 * may be left out, fails at once at its next call.
 */
final class Patience {

    static final String KEY = Patience.class.getName();

    /** Less than this part of the whole is no time for a call: it would end in vain and say nothing of Redis. */
    private static final int PARTS = 20;

    /** So much of a request's time without waiting gives back one of waiting. */
    private static final int REST_FOR_ONE = 10;

    private final Duration whole;
    private final boolean isOfRequest;
    private final LongSupplier nanoTime;
    private long waitedNanos;
    private long noteNanos;
    private int calls;
    private boolean isLost;
    private long lostNanos;

    private Patience(Duration whole, boolean isOfRequest, LongSupplier nanoTime) {
        this.whole = whole;
        this.isOfRequest = isOfRequest;
        this.nanoTime = nanoTime;
        this.noteNanos = nanoTime.getAsLong();
    }

    /** @param nanoTime this process's monotonic clock */
    static Patience ofRequest(Duration whole, LongSupplier nanoTime) {
        return new Patience(whole, true, nanoTime);
    }

    /** @param nanoTime this process's monotonic clock */
    static Patience ofWork(Duration whole, LongSupplier nanoTime) {
        return new Patience(whole, false, nanoTime);
    }

    /** A request begins, and the context is its own. */
    static void begin(Context context, Duration whole) {
        if (context instanceof ContextInternal own && VertxContext.isDuplicatedContext(own)) {
            own.localContextData().put(KEY, ofRequest(whole, System::nanoTime));
        }
    }

    /** Of the request, or of the work, this thread is at; a new one for what has no context of its own. */
    static Patience current(Duration whole) {
        return Vertx.currentContext() instanceof ContextInternal context && VertxContext.isDuplicatedContext(context)
                ? (Patience) context.localContextData().computeIfAbsent(KEY, absent -> ofWork(whole, System::nanoTime))
                : ofWork(whole, System::nanoTime);
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
        if (calls > 0) {
            waitedNanos += passed;
        } else {
            waitedNanos = isOfRequest ? Math.max(0, waitedNanos - passed / REST_FOR_ONE) : 0;
        }
        noteNanos = now;
    }
}
