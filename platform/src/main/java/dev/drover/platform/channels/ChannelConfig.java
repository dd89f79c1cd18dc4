package dev.drover.platform.channels;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** How much of a channel's history is kept. The same on every service that appends, or the last writer's rule counts. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.channels")
public interface ChannelConfig {

    /** Messages kept per channel. */
    @WithDefault("${CHANNEL_HISTORY_MAX:1000}")
    @Min(1)
    @Max(100_000)
    int historyMax();

    /** A message older than this is no longer kept. */
    @WithDefault("${CHANNEL_HISTORY_AGE:PT24H}")
    @DurationMin(seconds = 1)
    @DurationMax(days = 30)
    Duration historyAge();

    /** Bytes of data kept per channel. */
    @WithDefault("${CHANNEL_HISTORY_BYTES:4M}")
    MemorySize historyBytes();

    /** Other bounds for channels by pattern, see {@link RetentionRules#EXPECTATION}. */
    @WithDefault("${CHANNEL_RETENTION:}")
    Optional<RetentionRules> retention();

    /** How long the name of a room that was ended is not given again; longer than any history in it is kept. */
    @WithDefault("P31D")
    @DurationMin(seconds = 1)
    @DurationMax(days = 365)
    Duration roomEndedFor();

    /** How much longer than its history an idle channel's position lives. After that the channel begins a new epoch. */
    @WithDefault("P7D")
    @DurationMin(seconds = 1)
    @DurationMax(days = 365)
    Duration positionAge();
}
