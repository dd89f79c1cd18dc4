package dev.drover.auth.session;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** How long sessions live. */
@RegisterForReflection
@ConfigMapping(prefix = "auth.session")
public interface SessionConfig {

    /** From log-in, and again from each refresh; also the life of the cookie. */
    @DurationMin(minutes = 1)
    @DurationMax(days = 400)
    @WithDefault("PT24H")
    Duration lifetime();

    /** From log-in, however often it is refreshed. */
    @DurationMin(minutes = 1)
    @DurationMax(days = 400)
    @WithDefault("P30D")
    Duration maxLifetime();

    /** Sessions of one account; a log-in beyond ends the oldest. */
    @Min(1)
    @Max(1_000)
    @WithDefault("100")
    int max();

    /** A refresh token gives the same successor again for this long: tabs and retries race. After it, that is theft. */
    @DurationMin(millis = 1)
    @DurationMax(minutes = 1)
    @WithDefault("PT10S")
    Duration refreshGrace();

    /** A refresh that was held up for longer, as by a process that was stopped, changes nothing: whoever asked has asked another instance. */
    @DurationMin(millis = 1)
    @DurationMax(minutes = 1)
    @WithDefault("PT4S")
    Duration refreshWithin();
}
