package dev.drover.profile.erasure;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;

/** Who may have a user erased. Identical on all instances. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.profile.erasure")
public interface ErasureConfig {

    /** A session this young has shown password and second factor lately enough. */
    @WithDefault("PT10M")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 24)
    Duration loginWithin();
}
