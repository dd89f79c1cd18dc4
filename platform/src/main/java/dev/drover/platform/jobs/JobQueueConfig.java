package dev.drover.platform.jobs;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** When a queue takes no more. The same on every service that enqueues, or the most generous of them decides. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.job-queue")
public interface JobQueueConfig {

    /** How many jobs of one queue may wait, scheduled ones included. */
    @WithDefault("${JOBS_QUEUE_MAX:1000000}")
    @Min(1)
    @Max(100_000_000)
    int depthMax();

    /** From how much of Redis's memory limit, in percent, nothing is added, so that what is under way still has room to end. */
    @WithDefault("${JOBS_MEMORY_PERCENT_MAX:90}")
    @Min(1)
    @Max(100)
    int memoryPercentMax();
}
