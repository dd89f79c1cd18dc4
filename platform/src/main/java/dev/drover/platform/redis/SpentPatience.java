package dev.drover.platform.redis;

import java.time.Duration;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * A request that has waited for Redis in vain does not wait again: what goes on after such a failure, as a check does that may be left out,
 * fails at once at its next call, so that the whole request ends in time. Noted in the request's own Vert.x context.
 */
record SpentPatience(Context request) {

    private static final String KEY = SpentPatience.class.getName();
    private static final SpentPatience OF_NO_REQUEST = new SpentPatience(null);

    /** Of the request this thread works for, if it does. */
    static SpentPatience current() {
        Context context = Vertx.currentContext();
        return context != null && VertxContext.isDuplicatedContext(context)
                ? new SpentPatience(context)
                : OF_NO_REQUEST;
    }

    /** Long-lived contexts, as a socket's, get their patience back after as long as it lasts. */
    boolean isSpent(Duration patience) {
        return request != null
                && request.getLocal(KEY) instanceof Long spentNanos
                && System.nanoTime() - spentNanos < patience.toNanos();
    }

    void spend() {
        if (request != null) {
            request.putLocal(KEY, System.nanoTime());
        }
    }
}
