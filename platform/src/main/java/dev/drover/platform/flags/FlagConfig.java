package dev.drover.platform.flags;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;

/** How an instance keeps its copy of the flags. Identical on all instances. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.flags")
public interface FlagConfig {

    /** False: no copy is kept, and whoever asks for a flag gets the default of the code. */
    @WithDefault("true")
    boolean copied();

    /** How often it looks for changes that nobody told it of. */
    @WithDefault("PT0.25S")
    @DurationMin(millis = 50)
    @DurationMax(minutes = 1)
    Duration poll();

    /** For how long Redis may leave it without an answer before evaluations say that they are stale. */
    @WithDefault("${FLAGS_STALE_AFTER:PT10S}")
    @DurationMin(millis = 100)
    @DurationMax(hours = 24)
    Duration staleAfter();
}
