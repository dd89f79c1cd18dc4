package dev.drover.auth.device;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** From where an account was logged in to before, so that its owner is told of a log-in from elsewhere. */
@RegisterForReflection
@ConfigMapping(prefix = "auth.devices")
public interface DeviceConfig {

    /** Places remembered for an account; the one not seen for longest goes. */
    @Min(1)
    @Max(1_000)
    @WithDefault("50")
    int max();

    /** Since the last log-in from there. */
    @DurationMin(days = 1)
    @DurationMax(days = 730)
    @WithDefault("P180D")
    Duration memory();
}
