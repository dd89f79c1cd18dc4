package dev.drover.auth.errand;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** How instances look after what changes of accounts left to be done. */
@RegisterForReflection
@ConfigMapping(prefix = "auth.errands")
public interface ErrandConfig {

    /** How often each instance looks; {@code off} for never. */
    @WithDefault("0.5s")
    String every();

    /** Accounts looked after at once. */
    @Min(1)
    @Max(1_000)
    @WithDefault("100")
    int batch();

    /** How long an account is one instance's: longer than a look takes, short enough that a dead one delays little. */
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    @WithDefault("PT1S")
    Duration lease();

    /** How long after it was noted an account is looked at again: much longer than any call to Redis can take. */
    @DurationMin(seconds = 2)
    @DurationMax(minutes = 5)
    @WithDefault("PT10S")
    Duration grace();
}
