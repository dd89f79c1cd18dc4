package dev.drover.jobs.worker;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * A Vert.x context for the thread of a job, for as long as the job runs. A call to Redis finds the span it belongs to by the context it is
 * made in, and a thread of ours has none.
 */
final class JobContext implements AutoCloseable {

    private final ContextInternal own;
    private final ContextInternal before;

    private JobContext(ContextInternal own) {
        this.own = own;
        this.before = own.beginDispatch();
    }

    static JobContext enter(Vertx vertx) {
        return new JobContext((ContextInternal) VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()));
    }

    @Override
    public void close() {
        own.endDispatch(before);
    }
}
