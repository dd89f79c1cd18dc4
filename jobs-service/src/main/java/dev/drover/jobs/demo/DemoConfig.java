package dev.drover.jobs.demo;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** The demonstration job: anybody's, and it does nothing but pass time, so it is off where a suite is in earnest use. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.demo")
public interface DemoConfig {

    /** Whether {@code demo.count} jobs run here; otherwise they are dead at once and say so. */
    @WithDefault("${JOBS_DEMO:false}")
    boolean enabled();

    /** How many steps a job may have. */
    @WithDefault("10000")
    @Min(1)
    @Max(100_000)
    int stepsMax();

    /** The longest pause before a step. */
    @WithDefault("PT10S")
    Duration pauseMax();

    /** How many jobs a counter knows; beyond it a job is dead. */
    @WithDefault("200000")
    @Min(1)
    @Max(10_000_000)
    int jobsMax();

    /** How many counters an account has at a time; beyond it a job with another one is dead. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int countersMax();

    /** How long after its last effect a counter is kept. */
    @WithDefault("P1D")
    Duration keep();
}
