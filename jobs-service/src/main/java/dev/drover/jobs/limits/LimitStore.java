package dev.drover.jobs.limits;

import dev.drover.platform.jobs.QueueName;

/** The limits of queues, kept with each queue and obeyed in the step that hands out its jobs. */
interface LimitStore {

    /** None where nothing was set. */
    Limits find(QueueName queue);

    /** Sets all of them at once. What runs already is not ended. */
    void set(QueueName queue, Limits limits);
}
