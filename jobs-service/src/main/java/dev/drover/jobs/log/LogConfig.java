package dev.drover.jobs.log;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** Logs of jobs. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.log")
public interface LogConfig {

    /** How many lines a job keeps, the latest ones. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int linesMax();

    /** How long after the last line. */
    @WithDefault("P7D")
    Duration keep();
}
