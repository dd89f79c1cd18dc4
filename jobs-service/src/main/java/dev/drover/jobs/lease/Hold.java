package dev.drover.jobs.lease;

import dev.drover.platform.jobs.JobId;

/** What a holder shows with every word it has about a job. Its token tells it from all holders before and after it. */
public record Hold(JobId id, long fencingToken) {

    public Hold {
        if (fencingToken < 1) {
            throw new IllegalArgumentException("fencing tokens begin at 1: " + fencingToken);
        }
    }
}
