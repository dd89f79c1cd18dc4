package dev.drover.platform.channels;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How much of a channel's history is kept. The same on every service that appends, or the last writer's rule counts. */
@ConfigMapping(prefix = "drover.channels")
public interface ChannelConfig {

    /** Messages kept per channel, approximately: Redis drops whole nodes of a stream. */
    @WithDefault("${CHANNEL_HISTORY_MAX:1000}")
    @Min(1)
    @Max(100_000)
    int historyMax();

    /** A message older than this is no longer kept. */
    @WithDefault("${CHANNEL_HISTORY_AGE:PT24H}")
    @DurationMin(seconds = 1)
    @DurationMax(days = 30)
    Duration historyAge();

    /** How much longer than its history an idle channel's position lives. After that the channel begins a new epoch. */
    @WithDefault("P7D")
    @DurationMin(seconds = 1)
    @DurationMax(days = 365)
    Duration positionAge();
}
