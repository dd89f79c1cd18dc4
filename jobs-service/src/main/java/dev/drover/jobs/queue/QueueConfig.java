package dev.drover.jobs.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Watching queues. */
@ConfigMapping(prefix = "drover.jobs.queue")
public interface QueueConfig {

    /** How often each instance reads the latency of the queues it serves, for its metrics; {@code off} for never. */
    @WithDefault("5s")
    String latencyEvery();
}
