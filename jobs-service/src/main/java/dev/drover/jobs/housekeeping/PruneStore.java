package dev.drover.jobs.housekeeping;

import java.time.Duration;

import dev.drover.jobs.job.JobState;
import dev.drover.platform.jobs.QueueName;

/** Forgets ended jobs. */
interface PruneStore {

    /**
     * Forgets up to {@code batchMax} jobs of the queue that ended as {@code end}: those older than {@code ageMax}, and the oldest beyond
     * {@code keepMax}. Atomic, harmless when repeated.
     *
     * @return how many were forgotten; {@code batchMax} says there may be more
     */
    int prune(QueueName queue, JobState end, Duration ageMax, int keepMax, int batchMax);

    /** Whether nothing is in the queue and nothing is set for it. */
    boolean isEmpty(QueueName queue);

    /** Removes what an empty queue has counted; of one that is not empty, nothing. */
    void forgetEmpty(QueueName queue);
}
