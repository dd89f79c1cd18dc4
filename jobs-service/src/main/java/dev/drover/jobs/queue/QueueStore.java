package dev.drover.jobs.queue;

import dev.drover.platform.jobs.QueueName;

/** Queues as a whole. */
public interface QueueStore {

    /** Costs the same however long the queue is. */
    QueueCounts count(QueueName queue);
}
