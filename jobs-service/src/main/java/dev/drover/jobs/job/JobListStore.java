package dev.drover.jobs.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

/** Many jobs of a queue at once. What a call costs grows with the page, not with the queue. */
interface JobListStore {

    /**
     * Looks at the next {@code lookAt} jobs from a cursor on and gives those the filter wants, so a page may have fewer, or none, and not be
     * the last. They come without payload, result and checkpoint. A job that moves meanwhile may be missing or come twice.
     */
    Page list(QueueName queue, JobCursor from, int lookAt, JobFilter filter);

    /** The jobs as they are, in the order asked for; those that are gone are left out. Payload, result and checkpoint are left out too. */
    List<Job> find(List<JobId> ids);

    /**
     * Lets jobs of one queue that failed, are dead or were cancelled run once more. Atomic; a repeat changes nothing.
     *
     * @return for each the state it was found in otherwise; empty when there is no such job
     */
    Map<JobId, RetryResult> retry(QueueName queue, List<JobId> ids);

    /** @param next empty when this was the last */
    record Page(List<Job> jobs, Optional<JobCursor> next) {}

    sealed interface RetryResult {
        record Retried() implements RetryResult {}

        /** It has not ended, or has succeeded. */
        record NotRetried(JobState state) implements RetryResult {}

        record Unknown() implements RetryResult {}
    }
}
