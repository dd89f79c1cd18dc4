package dev.drover.platform.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

import dev.drover.platform.stateless.LocalTick;

/**
 * Where a call was made: the Vert.x context, often of one request, which has its scope, its trace and its log fields. Whatever becomes of the call
 * (an answer, a failure, no answer in time) is told there. So nothing has to be taken along by whoever waits, which every step of every reactive chain
 * would otherwise do.
 */
@LocalTick(because = "bounds a call of this process; whoever waits for it goes with it")
final class CallerContext {

    private final ContextInternal context;
    private final boolean isCallers;

    private CallerContext(ContextInternal context, boolean isCallers) {
        this.context = context;
        this.isCallers = isCallers;
    }

    /** Of this thread; what has none, such as a worker, is told wherever the answer comes. */
    static CallerContext current(Vertx vertx) {
        return Vertx.currentContext() instanceof ContextInternal own
                ? new CallerContext(own, true)
                : new CallerContext(((VertxInternal) vertx).createEventLoopContext(), false);
    }

    /** At once where this thread is there already. */
    void run(Runnable next) {
        if (!isCallers || Vertx.currentContext() == context) {
            next.run();
        } else {
            context.runOnContext(there -> next.run());
        }
    }

    /** Never at once; cancelled, it leaves nothing behind. */
    Future<?> after(Duration pause, Runnable next) {
        return context.nettyEventLoop()
                .schedule(() -> context.runOnContext(there -> next.run()), pause.toNanos(), TimeUnit.NANOSECONDS);
    }
}
