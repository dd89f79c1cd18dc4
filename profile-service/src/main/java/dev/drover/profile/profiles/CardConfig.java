package dev.drover.profile.profiles;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;

/** How long public cards are cached in Redis. Identical on all instances. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.profile.card")
public interface CardConfig {

    /** A card; a write ends it at once. */
    @WithDefault("PT1H")
    @DurationMin(seconds = 1)
    @DurationMax(days = 1)
    Duration cachedFor();

    /** The news that an account has no card. */
    @WithDefault("PT10S")
    @DurationMin(millis = 1)
    @DurationMax(hours = 1)
    Duration absentFor();
}
