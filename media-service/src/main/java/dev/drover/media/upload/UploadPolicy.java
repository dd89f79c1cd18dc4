package dev.drover.media.upload;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.Multipart;
import dev.drover.platform.medialedger.UploadTerms;
import dev.drover.platform.medialedger.UploadTerms.Quota;

/** What may be uploaded for each purpose. */
record UploadPolicy(Map<MediaPurpose, Limits> limits, Duration urlValidFor, Sizes sizes, Times times, Quota quota) {

    static final String TYPE_PATTERN = "[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}";

    private static final long MIB = 1024 * 1024;

    UploadPolicy {
        limits = Map.copyOf(new EnumMap<>(limits));
        if (!limits.keySet().containsAll(Set.of(MediaPurpose.values()))) {
            throw new IllegalArgumentException("each purpose has limits");
        }
        if (!urlValidFor.isPositive()) {
            throw new IllegalArgumentException("drover.media.upload.url-valid-for must be positive: " + urlValidFor);
        }
        if (times.pendingFor().compareTo(urlValidFor) < 0) {
            throw new IllegalArgumentException(
                    "drover.media.upload.pending-for must not be shorter than url-valid-for");
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
                config.urlValidFor(),
                new Sizes(config.singleMaxBytes(), config.partBytes()),
                new Times(config.pendingFor(), config.partsPendingFor()),
                new Quota(config.quotaBytes(), config.quotaFiles()));
    }

    /** @param singleMaxBytes what is larger goes in parts of {@code partBytes} */
    record Sizes(long singleMaxBytes, long partBytes) {

        /** Larger ones where there would be more than S3 takes, in whole MiB. */
        long partBytes(long sizeBytes) {
            if (sizeBytes <= singleMaxBytes) {
                return 0;
            }
            long least = Math.ceilDiv(sizeBytes, (long) Multipart.PARTS_MAX);
            return least <= partBytes ? partBytes : Math.ceilDiv(least, MIB) * MIB;
        }
    }

    /** How long an upload may take from its latest grant on. */
    record Times(Duration pendingFor, Duration partsPendingFor) {}

    UploadTerms terms(long sizeBytes) {
        return new UploadTerms(pendingFor(sizeBytes), sizes.partBytes(sizeBytes), quota);
    }

    Duration pendingFor(long sizeBytes) {
        return sizeBytes > sizes.singleMaxBytes() ? times.partsPendingFor() : times.pendingFor();
    }

    Limits of(MediaPurpose purpose) {
        return limits.get(purpose);
    }
}
