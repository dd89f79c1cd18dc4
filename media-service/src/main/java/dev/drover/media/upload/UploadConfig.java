package dev.drover.media.upload;

import java.time.Duration;
import java.util.Set;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What may be uploaded, and for how long a granted upload may be made. */
@ConfigMapping(prefix = "drover.media.upload")
public interface UploadConfig {

    /** The largest file one PUT may bring, 16 MiB. */
    @WithDefault("16777216")
    @Min(1)
    @Max(67_108_864)
    long sizeMaxBytes();

    /** The largest avatar. */
    @WithDefault("16777216")
    @Min(1)
    @Max(67_108_864)
    long avatarSizeMaxBytes();

    /** Types for purpose {@code file}, without parameters. */
    @WithDefault("image/jpeg,image/png,application/pdf,application/zip,application/octet-stream,text/plain")
    @NotEmpty
    Set<@Pattern(regexp = UploadPolicy.TYPE_PATTERN) String> contentTypes();

    /** Types for purpose {@code avatar}. */
    @WithDefault("image/jpeg,image/png")
    @NotEmpty
    Set<@Pattern(regexp = UploadPolicy.TYPE_PATTERN) String> avatarContentTypes();

    /** How long the presigned PUT can be used. */
    @WithDefault("PT300S")
    @DurationMin(seconds = 1)
    @DurationMax(days = 7)
    Duration urlValidFor();
}
