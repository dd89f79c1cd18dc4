package dev.drover.jobs.queue;

import java.time.Duration;

import dev.drover.platform.jobs.QueueName;

/** Queues as an operator sees them. */
public interface QueueControl {

    /** From then on no job of it is handed out; harmless when repeated. */
    void pause(QueueName queue);

    /** Lets it go on and wakes who is idle; harmless when repeated. */
    void resume(QueueName queue);

    /**
     * Costs the same however long the queue is.
     *
     * @param lately how far back ends are counted; those that are no longer kept are not
     */
    QueueStats stats(QueueName queue, Duration lately);
}
