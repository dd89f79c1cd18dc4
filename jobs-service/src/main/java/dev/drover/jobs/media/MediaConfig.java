package dev.drover.jobs.media;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** What looking into a file may cost. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.media")
public interface MediaConfig {

    /** How often each instance looks for what another left in the outboxes when it died; {@code off} for never. */
    @WithDefault("1s")
    String outboxEvery();

    /** Pixels an image may have; judged by its header, before anything is decoded. */
    @WithDefault("50000000")
    @Min(1)
    @Max(500_000_000)
    long pixelsMax();

    /** Bytes an image may have; it is held in memory while it is decoded. */
    @WithDefault("16777216")
    @Min(1)
    @Max(67_108_864)
    int imageBytesMax();

    /** Images this process decodes at once; each needs up to 64 MiB for it. */
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int decodersMax();

    /** Who is asked about each file before anyone gets it; nobody when it is empty. */
    @WithDefault("${SCAN_URL:}")
    Optional<URI> scanUrl();

    /** How long its answer may take; without one the job is tried again. */
    @WithDefault("PT30S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 10)
    Duration scanWithin();
}
