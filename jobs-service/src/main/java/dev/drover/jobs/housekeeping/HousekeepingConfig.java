package dev.drover.jobs.housekeeping;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** How long jobs are kept after their end. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.housekeeping")
public interface HousekeepingConfig {

    /** When ended jobs are pruned: a Quartz-style cron expression with seconds; {@code off} for never. */
    @WithDefault("0 */5 * * * ?")
    String cron();

    /** How long a job that succeeded, failed or was cancelled is kept. So long, too, its Idempotency-Key is recognised. */
    @WithDefault("P1D")
    Duration keepEnded();

    /** How long the dead are kept; longer, because people look at them. */
    @WithDefault("P30D")
    Duration keepDead();

    /** How many ended jobs of one queue and one kind of end are kept, whatever their age; of those that succeeded also between the ticks. */
    @WithDefault("10000")
    @Min(100)
    int keepMax();

    /** How long a job that succeeded is kept at least between the ticks, so that a late repeat of adding it is known. */
    @WithDefault("PT1M")
    Duration keepAtLeast();

    /** How long nobody has to have named an empty queue for which nothing is set until its name is free again; there are 1,000 names. */
    @WithDefault("P7D")
    @DurationMin(minutes = 5)
    Duration queueUnusedFor();

    /** How many jobs one call forgets. */
    @WithDefault("500")
    @Min(1)
    @Max(5000)
    int batchMax();
}
