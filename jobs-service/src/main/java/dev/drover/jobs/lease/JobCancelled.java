package dev.drover.jobs.lease;

import dev.drover.platform.jobs.JobId;

/** A job that someone held was cancelled, perhaps one held here. Fired on an event loop: observers do not block. */
public record JobCancelled(JobId id) {}
