package dev.drover.jobs.events;

import dev.drover.jobs.job.Job;

/** As much of a job as its followers are told. */
record JobView(String state, int attempt, int progress, boolean isOver) {

    static JobView of(Job job) {
        return new JobView(
                job.state().word(), job.attempt(), job.progress(), job.state().isEnded());
    }

    /** Tells this view from others of the same job; a client that has seen it is not told again. */
    String id() {
        return state + "." + attempt + "." + progress;
    }
}
