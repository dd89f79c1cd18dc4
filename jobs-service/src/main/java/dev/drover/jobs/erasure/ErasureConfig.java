package dev.drover.jobs.erasure;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;

/** How users are erased. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.erasure")
public interface ErasureConfig {

    /** How long a run waits for auth-service to erase the account, before it is tried again later. */
    @WithDefault("PT20S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 5)
    Duration accountWithin();

    /** How long the ledger remembers the id of a file of an erased user, so that a pipeline under way learns of it. */
    @WithDefault("PT1S")
    @DurationMin(millis = 1)
    @DurationMax(hours = 1)
    Duration mediaRemembered();
}
