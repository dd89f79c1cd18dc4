package dev.drover.jobs.demo;

import dev.drover.platform.jobs.JobId;

/** Effects of demonstration jobs, counted outside their queue. */
interface CounterStore {

    /** Counts a step of a job once. Atomic; may be repeated. A token smaller than one seen before is refused. */
    CountResult count(Counter counter, JobId job, long fencingToken, int step);

    /** All zero where nothing was counted. */
    Tally tally(Counter counter);

    /** Removes all counters of an account, and has nothing counted for it any more. May be repeated. */
    void erase(String owner);

    enum CountResult {
        COUNTED,
        REPEATED,
        REFUSED,
        FULL
    }

    /**
     * @param effects  steps that were counted, each once
     * @param repeated steps that were said again, by a run that did not know they had been counted
     * @param refused  steps that were said by whoever had lost the job
     */
    record Tally(long effects, long repeated, long refused, long jobs) {}
}
