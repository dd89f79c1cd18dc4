package dev.drover.media.upload;

import java.time.Duration;
import java.util.Set;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.EachMatches;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;
import dev.drover.platform.config.bounds.NotEmpty;

/** What may be uploaded, and for how long a granted upload may be made. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.media.upload")
public interface UploadConfig {

    /** The largest file, 5 GiB. */
    @WithDefault("5368709120")
    @Min(1)
    @Max(5_368_709_120L)
    long sizeMaxBytes();

    /** The largest file that goes in one PUT, 16 MiB; a larger one goes in parts. */
    @WithDefault("16777216")
    @Min(5_242_880)
    @Max(5_368_709_120L)
    long singleMaxBytes();

    /** The size of a part, 16 MiB; S3 takes none below 5 MiB but the last, and 10,000 of a file. */
    @WithDefault("16777216")
    @Min(5_242_880)
    @Max(5_368_709_120L)
    long partBytes();

    /** How long an upload in parts may take from its latest word on. */
    @WithDefault("PT24H")
    @DurationMin(seconds = 1)
    @DurationMax(days = 7)
    Duration partsPendingFor();

    /** The largest avatar. */
    @WithDefault("16777216")
    @Min(1)
    @Max(67_108_864)
    long avatarSizeMaxBytes();

    /** Types for purpose {@code file}, without parameters. */
    @WithDefault(
            "image/jpeg,image/png,image/webp,image/gif,application/pdf,application/zip,application/octet-stream,text/plain")
    @NotEmpty
    @EachMatches(UploadPolicy.TYPE_PATTERN)
    Set<String> contentTypes();

    /** Types for purpose {@code avatar}. */
    @WithDefault("image/jpeg,image/png,image/webp,image/gif")
    @NotEmpty
    @EachMatches(UploadPolicy.TYPE_PATTERN)
    Set<String> avatarContentTypes();

    /** How long the presigned PUT can be used. */
    @WithDefault("PT300S")
    @DurationMin(seconds = 1)
    @DurationMax(days = 7)
    Duration urlValidFor();

    /** How long an upload may take from its latest grant on; what is not complete by then is swept. */
    @WithDefault("PT1H")
    @DurationMin(seconds = 1)
    @DurationMax(days = 7)
    Duration pendingFor();

    /** Bytes an account may have in all, pending uploads among them: 10 GiB. */
    @WithDefault("${MEDIA_QUOTA_BYTES:10737418240}")
    @Min(1)
    long quotaBytes();

    /** Files an account may have in all. */
    @WithDefault("${MEDIA_QUOTA_FILES:10000}")
    @Min(1)
    long quotaFiles();
}
