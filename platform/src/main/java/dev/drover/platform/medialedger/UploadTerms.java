package dev.drover.platform.medialedger;

import java.time.Duration;

/**
 * What an upload is opened on.
 *
 * @param pendingFor how long it may take from its latest grant on; after that it is swept
 * @param partBytes  the size of its parts but the last; 0 when it is made in one request
 * @param quota      what its owner may have in all
 */
public record UploadTerms(Duration pendingFor, long partBytes, Quota quota) {

    public UploadTerms {
        if (!pendingFor.isPositive()) {
            throw new IllegalArgumentException("an upload needs time: " + pendingFor);
        }
        if (partBytes < 0) {
            throw new IllegalArgumentException("a part has bytes: " + partBytes);
        }
    }

    /** Files of an account and their bytes together; pending uploads count from their grant on. */
    public record Quota(long bytesMax, long filesMax) {

        public Quota {
            if (bytesMax < 1 || filesMax < 1) {
                throw new IllegalArgumentException("a quota has room for a file: " + bytesMax + ", " + filesMax);
            }
        }
    }
}
