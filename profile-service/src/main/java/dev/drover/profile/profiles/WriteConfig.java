package dev.drover.profile.profiles;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** Writes of profiles. Identical on all instances. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.profile.write")
public interface WriteConfig {

    /** With {@code If-Match: *}: how often a write is tried again when others come first. */
    @WithDefault("16")
    @Min(1)
    @Max(100)
    int attemptsMax();

    /** How long a write is known by its Idempotency-Key. */
    @WithDefault("PT24H")
    Duration remembered();
}
