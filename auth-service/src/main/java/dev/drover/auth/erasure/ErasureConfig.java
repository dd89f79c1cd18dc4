package dev.drover.auth.erasure;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;

/** How an account is erased. */
@RegisterForReflection
@ConfigMapping(prefix = "auth.erasure")
public interface ErasureConfig {

    /** A session this young has shown password and second factor lately enough to erase the account. */
    @DurationMin(seconds = 1)
    @DurationMax(hours = 24)
    @WithDefault("PT10M")
    Duration loginWithin();

    /** How long the mark of an erased account stays, which holds nothing of it: longer than any request that still knows it. */
    @DurationMin(minutes = 1)
    @DurationMax(days = 30)
    @WithDefault("P1D")
    Duration markKept();
}
