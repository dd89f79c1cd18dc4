package dev.drover.jobs.media.sweep;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** How what uploads leave behind is swept. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.media.sweep")
public interface SweepConfig {

    /** When: a Quartz-style cron expression with seconds; {@code off} for never. */
    @WithDefault("0 7 * * * ?")
    String cron();

    /** Uploads, objects or accounts that one step looks at; between two steps the job leaves a checkpoint. */
    @WithDefault("200")
    @Min(1)
    @Max(1000)
    int batchMax();

    /** An object without an entry in the ledger is left alone for so long after it was written. */
    @WithDefault("PT1H")
    @DurationMin(seconds = 0)
    Duration orphanAge();

    /** How long the id of an expired upload stays taken; as long as a client may repeat the request that made it. */
    @WithDefault("PT24H")
    @DurationMin(minutes = 10)
    Duration remembered();

    /**
     * From how many on of one batch it is doubted that they are orphans, or lost, when they are more than half of it: so it looks when Redis
     * lost its data or the bucket is another. Nothing is removed then.
     */
    @WithDefault("50")
    @Min(2)
    int doubtMin();
}
