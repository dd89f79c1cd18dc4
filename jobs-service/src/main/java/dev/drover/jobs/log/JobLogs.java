package dev.drover.jobs.log;

import java.time.Instant;
import java.util.List;

import dev.drover.jobs.lease.Hold;
import dev.drover.platform.jobs.JobId;

/** What runs of a job wrote down: its latest lines, kept for a while after the last one. */
public interface JobLogs {

    /**
     * Adds lines, as the job's holder; anyone else's are refused. Atomic. Repeated after a fault of the store, they may be there twice.
     */
    Written write(Hold hold, List<String> lines);

    /** Oldest first. */
    List<Line> read(JobId id);

    enum Written {
        WRITTEN,
        LOST,
        UNKNOWN
    }

    record Line(Instant at, String text) {}
}
