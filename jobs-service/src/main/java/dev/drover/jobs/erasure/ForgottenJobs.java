package dev.drover.jobs.erasure;

import java.util.List;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

/** Removes jobs with all that is kept of them. */
interface ForgottenJobs {

    /** Atomic, and harmless when repeated. Those that have not ended stay. All are of one queue. */
    void forget(QueueName queue, List<JobId> ids);
}
