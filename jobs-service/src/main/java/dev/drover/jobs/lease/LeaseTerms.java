package dev.drover.jobs.lease;

import java.time.Duration;

/** What a worker asks for: at most so many jobs, each for so long. */
public record LeaseTerms(int jobsMax, Duration length, String worker) {

    public static final int JOBS_LIMIT = 1_000;

    public LeaseTerms {
        if (jobsMax < 1 || jobsMax > JOBS_LIMIT) {
            throw new IllegalArgumentException("jobsMax is 1 to " + JOBS_LIMIT + ": " + jobsMax);
        }
        if (length.toMillis() < 1) {
            throw new IllegalArgumentException("a lease has a length: " + length);
        }
        if (worker.isBlank()) {
            throw new IllegalArgumentException("a worker has a name");
        }
    }
}
