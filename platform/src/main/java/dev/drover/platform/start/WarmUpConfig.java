package dev.drover.platform.start;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** What an instance does before it says that it is ready. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.warm-up")
public interface WarmUpConfig {

    /** How long readiness waits for it at most; nothing: no warm-up. */
    @WithDefault("PT8S")
    @DurationMin
    @DurationMax(minutes = 1)
    Duration within();

    /** How often each request to oneself is made: the second finds the classes the first one loaded, and opens a second connection. */
    @WithDefault("3")
    @Min(1)
    @Max(100)
    int rounds();

    /** Connections to Redis that are opened, of each node of a cluster; no more than the pool may have. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int connections();
}
