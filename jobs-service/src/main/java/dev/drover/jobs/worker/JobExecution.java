package dev.drover.jobs.worker;

import java.util.Optional;

import dev.drover.platform.jobs.JobId;

/**
 * One run of one job under one lease. The worker extends the lease by itself; when that is refused (the lease expired and the job is
 * another's, or it was cancelled), or this instance is told to stop, {@link #isLeaseHeld()} turns false and the handler's thread is
 * interrupted. Whatever the handler returns after that is dropped.
 */
public interface JobExecution {

    JobId id();

    String type();

    /** The account the job belongs to. */
    String owner();

    /** A JSON object as text. */
    String payload();

    /** 1 for the first attempt. A run that ended with its worker's death does not count. */
    int attempt();

    /** Grows with every lease of the queue: whoever guards an effect refuses a smaller one than it has seen. */
    long fencingToken();

    /** Whether the job is still this run's. To be asked before each effect that cannot be fenced. */
    boolean isLeaseHeld();

    /** Reports how far it is, 0 to 100. */
    void progress(int percent);

    /** What an earlier run left with {@link #saveCheckpoint}; it survives crashes and hand-backs. */
    Optional<String> checkpoint();

    /** Leaves a JSON value as text, at most 16 KiB, for the next run to go on from. */
    void saveCheckpoint(String checkpointJson);
}
