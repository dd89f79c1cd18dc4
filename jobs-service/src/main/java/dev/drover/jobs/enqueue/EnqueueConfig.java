package dev.drover.jobs.enqueue;

import java.time.Duration;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What accounts may put on queues. */
@ConfigMapping(prefix = "drover.jobs.enqueue")
public interface EnqueueConfig {

    /** Queues only the platform and admins put jobs on. */
    @WithDefault("media,mail,housekeeping")
    Set<String> reservedQueues();

    /**
     * First words of the types only the platform and admins use, on any queue: their handlers trust their payload, and a worker in this
     * process would run one from any queue it serves.
     */
    @WithDefault("media,mail,housekeeping,profile,digest,http")
    Set<String> reservedTypes();

    /** How far ahead a job may be scheduled. */
    @WithDefault("P366D")
    Duration delayMax();
}
