package dev.drover.auth.mfa;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The second factor: codes of an authenticator app (RFC 6238) and recovery codes. */
@ConfigMapping(prefix = "auth.mfa")
public interface MfaConfig {

    /** What an authenticator app shows above the code. */
    @NotBlank
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
