package dev.drover.platform.cache;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;

/** How instances share the work of filling a cache. Identical on all instances. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.cache")
public interface CacheConfig {

    /** For how long others wait for whoever computes a value: longer than that takes, short enough that a dead one delays little. */
    @WithDefault("PT0.25S")
    @DurationMin(millis = 10)
    @DurationMax(seconds = 5)
    Duration lease();

    /** Between two looks of who waits; up to twice as long. */
    @WithDefault("PT0.01S")
    @DurationMin(millis = 1)
    @DurationMax(seconds = 1)
    Duration pause();
}
