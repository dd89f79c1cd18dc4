package dev.drover.jobs.queue;

import dev.drover.platform.jobs.QueueName;

/** Queues as an operator sees them. */
interface QueueControl {

    /** From then on no job of it is handed out; harmless when repeated. */
    void pause(QueueName queue);

    /** Lets it go on and wakes who is idle; harmless when repeated. */
    void resume(QueueName queue);

    /** Costs the same however long the queue is. */
    QueueStats stats(QueueName queue);
}
