package dev.drover.profile.flags;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** How many flags there may be and what is remembered of them. Identical on all instances. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.profile.flags")
public interface FlagAdminConfig {

    /** Flags there may be: every instance has a copy of all. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int max();

    /** Characters of one flag as JSON. */
    @WithDefault("32768")
    @Min(1_024)
    @Max(1_048_576)
    int charactersMax();

    /** Changes of a flag that are remembered, approximately. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int historyMax();

    /** How long the history of a deleted flag is kept. */
    @WithDefault("P90D")
    @DurationMin(minutes = 1)
    @DurationMax(days = 3650)
    Duration historyOfDeleted();

    /** API keys there may be. */
    @WithDefault("200")
    @Min(1)
    @Max(10_000)
    int apiKeysMax();

    /** Event streams an instance holds at a time. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int streamsMax();

    /** After which a stream ends, so that clients spread anew over the instances. */
    @WithDefault("PT5M")
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    Duration streamLength();
}
