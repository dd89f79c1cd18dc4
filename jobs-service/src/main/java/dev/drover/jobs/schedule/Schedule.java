package dev.drover.jobs.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule as it was at one moment.
 *
 * @param version  grows with each definition
 * @param nextTick the earliest tick that was not claimed; empty when it is paused or no more come
 */
record Schedule(
        ScheduleName name,
        Definition definition,
        long version,
        boolean paused,
        Optional<Instant> nextTick,
        Instant createdAt,
        Instant updatedAt) {}
