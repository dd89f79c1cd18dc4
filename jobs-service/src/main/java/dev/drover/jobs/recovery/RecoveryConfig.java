package dev.drover.jobs.recovery;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** Taking back the jobs of dead workers. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.recovery")
public interface RecoveryConfig {

    /** How often each replica looks, for example {@code 1s}; {@code off} for never. */
    @WithDefault("1s")
    String every();

    /** How many jobs of a queue one call takes back. */
    @WithDefault("100")
    @Min(1)
    @Max(1000)
    int batchMax();

    /** The lost worker that makes a job dead. */
    @WithDefault("10")
    @Min(1)
    int crashBudget();
}
