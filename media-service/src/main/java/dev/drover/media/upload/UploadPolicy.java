package dev.drover.media.upload;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import dev.drover.platform.medialedger.MediaPurpose;

/** What may be uploaded for each purpose. */
record UploadPolicy(Map<MediaPurpose, Limits> limits, Duration urlValidFor) {

    static final String TYPE_PATTERN = "[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}";

    UploadPolicy {
        limits = Map.copyOf(new EnumMap<>(limits));
        if (!limits.keySet().containsAll(Set.of(MediaPurpose.values()))) {
            throw new IllegalArgumentException("each purpose has limits");
        }
        if (!urlValidFor.isPositive()) {
            throw new IllegalArgumentException("drover.media.upload.url-valid-for must be positive: " + urlValidFor);
        }
    }

    record Limits(long sizeMaxBytes, Set<String> contentTypes) {

        Limits {
            if (sizeMaxBytes < 1) {
                throw new IllegalArgumentException("a file must be allowed to have a byte: " + sizeMaxBytes);
            }
            contentTypes = Set.copyOf(contentTypes);
        }
    }

    static UploadPolicy of(UploadConfig config) {
        return new UploadPolicy(
                Map.of(
                        MediaPurpose.AVATAR, new Limits(config.avatarSizeMaxBytes(), config.avatarContentTypes()),
                        MediaPurpose.FILE, new Limits(config.sizeMaxBytes(), config.contentTypes())),
                config.urlValidFor());
    }

    Limits of(MediaPurpose purpose) {
        return limits.get(purpose);
    }
}
