package dev.drover.jobs.lease;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** Leasing, for workers here and elsewhere. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.lease")
public interface LeaseConfig {

    /** The pause after the first failure of a job; each further one doubles it. */
    @WithDefault("PT1S")
    Duration retryFirst();

    /** The longest pause after a failure. */
    @WithDefault("PT10M")
    Duration retryMax();

    /** How many due jobs one call moves from scheduled to waiting. */
    @WithDefault("100")
    @Min(1)
    @Max(1000)
    int promoteMax();

    /** How long an idle caller goes without looking. It is woken at once when there is work; this only heals a lost wake-up. */
    @WithDefault("PT2S")
    Duration lookEvery();

    /** How often at most an account is told how far a job of its is, whatever the job's worker says how often. */
    @WithDefault("PT1S")
    Duration tellEvery();
}
