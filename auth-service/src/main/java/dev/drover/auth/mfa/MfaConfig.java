package dev.drover.auth.mfa;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;
import dev.drover.platform.config.bounds.NotEmpty;

/** The second factor: codes of an authenticator app (RFC 6238) and recovery codes. */
@RegisterForReflection
@ConfigMapping(prefix = "auth.mfa")
public interface MfaConfig {

    /** What an authenticator app shows above the code. */
    @NotEmpty
    @WithDefault("Drover")
    String issuer();

    /** Wrong codes in a row before an account has to wait. */
    @Min(1)
    @Max(100)
    @WithDefault("5")
    int failuresMax();

    /** How long it waits first; twice as long after each wrong code from then on. */
    @DurationMin(seconds = 1)
    @DurationMax(hours = 24)
    @WithDefault("PT1M")
    Duration firstPause();

    /** The longest it ever waits. */
    @DurationMin(seconds = 1)
    @DurationMax(hours = 24)
    @WithDefault("PT1H")
    Duration longestPause();

    /** A secret that was shown and not confirmed is forgotten after this. */
    @DurationMin(minutes = 1)
    @DurationMax(hours = 24)
    @WithDefault("PT15M")
    Duration confirmWithin();
}
