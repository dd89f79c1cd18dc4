package dev.drover.profile.handles;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** Handles: how long, how many. Identical on all instances. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.profile.handle")
public interface HandleConfig {

    /** How long a handle that was left is kept for its former owner. */
    @WithDefault("P30D")
    Duration reservation();

    /** How many handles one account may have reserved at a time; one more change has to wait for the oldest. */
    @WithDefault("5")
    @Min(1)
    @Max(1_000)
    int reservedMax();

    /** How old a claim must be before another account may ask whether it was ever taken into use. */
    @WithDefault("PT10S")
    Duration claimGrace();
}
