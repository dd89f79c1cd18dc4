package dev.drover.jobs.job;

import java.util.Optional;

import dev.drover.platform.jobs.JobId;

/** Jobs by their id. */
public interface JobStore {

    /** The job as it is at one moment; empty when it never was, or ended so long ago that it was forgotten. */
    Optional<Job> find(JobId id);

    /** Ends the job unless it has ended; a run under way loses its lease. Atomic; repeated it changes nothing and says so. */
    CancelResult cancel(JobId id);

    sealed interface CancelResult {
        /** Now. */
        record Cancelled() implements CancelResult {}

        /** It ended before, perhaps by being cancelled, or moved to another queue. */
        record AlreadyEnded(JobState state) implements CancelResult {}

        record Unknown() implements CancelResult {}
    }
}
