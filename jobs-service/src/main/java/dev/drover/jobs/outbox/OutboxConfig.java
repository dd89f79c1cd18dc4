package dev.drover.jobs.outbox;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** Telling owners what became of their jobs. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.outbox")
public interface OutboxConfig {

    /** How often each replica sweeps the queues' outboxes, for example {@code 1s}; {@code off} for never. */
    @WithDefault("1s")
    String every();

    /** How often a sweep is repeated at once while one outbox at least had more than a sweep takes on: 1,000 entries of each. */
    @WithDefault("20")
    @Min(1)
    @Max(1_000)
    int roundsMax();

    /** How many outboxes are asked at once: below what the pool of connections lets wait. */
    @WithDefault("100")
    @Min(1)
    @Max(500)
    int outboxesAtOnce();
}
