package dev.drover.jobs.schedule;

import java.time.Instant;
import java.util.Optional;

import dev.drover.platform.jobs.JobId;

/**
 * An entry of a schedule's history.
 *
 * @param tick    the time it was for; of a run by hand, when that was asked for
 * @param at      when it was claimed
 * @param job     what it fired; empty when it was left out
 */
record Firing(Instant tick, Instant at, Cause cause, Optional<JobId> job) {

    enum Cause {
        /** In time. */
        TICK,
        /** Late, and made up for. */
        LATE,
        /** Late, and left out together with those that followed it. */
        SKIPPED,
        /** By hand. */
        RUN
    }
}
