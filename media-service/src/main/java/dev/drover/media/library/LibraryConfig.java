package dev.drover.media.library;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** How files are listed, handed out and forgotten. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.media.library")
public interface LibraryConfig {

    /** Files on a page when the caller does not say. */
    @WithDefault("20")
    @Min(1)
    @Max(100)
    int pageSize();

    /** How long a presigned GET can be used. */
    @WithDefault("PT60S")
    @DurationMin(seconds = 1)
    @DurationMax(days = 7)
    Duration urlValidFor();

    /** How long the id of a deleted file stays taken; as long as a client may repeat the request that made it. */
    @WithDefault("PT24H")
    @DurationMin(minutes = 10)
    @DurationMax(days = 365)
    Duration deletedRemembered();

    /** How long a link somebody shares a file by can be used when nothing is said. */
    @WithDefault("P7D")
    @DurationMin(minutes = 1)
    @DurationMax(days = 365)
    Duration shareValidFor();

    /** How long at most. */
    @WithDefault("P30D")
    @DurationMin(minutes = 1)
    @DurationMax(days = 365)
    Duration shareValidMax();

    /** Links one file may be shared by at a time. */
    @WithDefault("100")
    @Min(1)
    @Max(1_000)
    int sharesMax();
}
