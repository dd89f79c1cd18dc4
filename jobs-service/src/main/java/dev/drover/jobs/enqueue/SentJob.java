package dev.drover.jobs.enqueue;

import dev.drover.platform.problem.ServiceException;

/** One of a bulk, as it was read: the job, or why it cannot be one. */
sealed interface SentJob permits EnqueueRequest, SentJob.Unfit {

    /** @param why with places in the job, not in the bulk */
    record Unfit(ServiceException why) implements SentJob {}
}
