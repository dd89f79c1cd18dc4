package dev.drover.jobs.events;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** Following a job. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.events")
public interface EventConfig {

    /** How often a job that is followed is looked at. */
    @WithDefault("PT0.5S")
    Duration every();

    /** How long a stream lasts; the client connects again by itself, to any instance. */
    @WithDefault("PT5M")
    Duration lengthMax();

    /** How many streams one instance has at once; beyond it the answer is 503. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int streamsMax();
}
