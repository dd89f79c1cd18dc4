package dev.drover.platform.faults;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** When an instance stops asking a store that does not answer, and when it asks again. The same for every store. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.breaker")
public interface BreakerConfig {

    /** How many of the last calls are looked at. */
    @WithDefault("${BREAKER_CALLS:10}")
    @Min(2)
    @Max(1000)
    int calls();

    /** How many of a hundred of them must have failed for the breaker to open. */
    @WithDefault("${BREAKER_FAILURE_PERCENT:50}")
    @Min(1)
    @Max(100)
    int failurePercent();

    /** How long nothing is asked; then one call is let through, and its outcome decides. */
    @WithDefault("${BREAKER_DELAY:PT0.5S}")
    @DurationMin(millis = 50)
    @DurationMax(seconds = 60)
    Duration delay();
}
