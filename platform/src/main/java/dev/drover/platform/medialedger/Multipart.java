package dev.drover.platform.medialedger;

import java.util.Optional;

/**
 * How a large file is uploaded.
 *
 * @param partBytes the size of every part but the last
 * @param uploadId  what the store calls the upload; empty before it was begun there and after it is complete
 */
public record Multipart(long partBytes, Optional<String> uploadId) {

    /** S3's own limit. */
    public static final int PARTS_MAX = 10_000;

    public Multipart {
        if (partBytes < 1) {
            throw new IllegalArgumentException("a part has bytes: " + partBytes);
        }
    }

    /** Empty when the file goes in one request. */
    static Optional<Multipart> of(long partBytes, Optional<String> uploadId) {
        return partBytes == 0 ? Optional.empty() : Optional.of(new Multipart(partBytes, uploadId));
    }

    public int partCount(long sizeBytes) {
        return Math.toIntExact(Math.ceilDiv(sizeBytes, partBytes));
    }

    /** @param number from 1 on */
    public long partSize(int number, long sizeBytes) {
        if (number < 1 || number > partCount(sizeBytes)) {
            throw new IllegalArgumentException("there is no part " + number);
        }
        return Math.min(partBytes, sizeBytes - (number - 1) * partBytes);
    }
}
