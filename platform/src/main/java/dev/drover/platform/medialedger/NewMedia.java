package dev.drover.platform.medialedger;

import dev.drover.platform.objectstore.ExactContent;

/**
 * A file that is to be uploaded.
 *
 * @param fileName data only: shown and offered when it is downloaded, never part of a key
 */
public record NewMedia(MediaId id, String owner, String fileName, ExactContent content, MediaPurpose purpose) {

    public NewMedia {
        if (id.shard() != MediaId.shardOf(owner)) {
            throw new IllegalArgumentException(id + " is not in the shard of " + owner);
        }
    }
}
