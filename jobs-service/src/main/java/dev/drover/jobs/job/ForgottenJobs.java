package dev.drover.jobs.job;

import java.util.List;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

/** Forgets jobs by name. */
interface ForgottenJobs {

    /** Those that have ended, of one queue, with all they carried; returns how many. Atomic; may be repeated. */
    int forget(QueueName queue, List<JobId> ids);
}
