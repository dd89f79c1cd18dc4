package dev.drover.jobs.digest;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** The daily word on how the queues are. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.digest")
public interface DigestConfig {

    /** What it looks back on. */
    @WithDefault("PT24H")
    Duration period();

    /** A queue whose next job has been waiting longer than this needs somebody. */
    @WithDefault("PT5M")
    Duration late();

    /** How many queues it tells of, in the order of their names; as many as a letter has room for. */
    @WithDefault("150")
    @Min(1)
    @Max(150)
    int queuesMax();
}
