package dev.drover.jobs.job;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** The list of an account's own jobs. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.owned")
public interface OwnedConfig {

    /** How many of the latest it has. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int max();

    /** How long after the last one it is kept; as long as the dead are. */
    @WithDefault("P30D")
    Duration keep();
}
