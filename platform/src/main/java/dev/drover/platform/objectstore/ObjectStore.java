package dev.drover.platform.objectstore;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * File bytes. Objects are written whole or not at all; a write replaces what was there, and whoever reads after it has returned sees it.
 * There are no directories and no renames. Two writers of one key: the later wins, so keys are derived from what is written.
 *
 * <p>Every call is bounded in time. One that fails with {@link dev.drover.platform.redis.StoreUnavailableException} may or may not have
 * been carried out; all of them may be repeated.
 */
public interface ObjectStore {

    /** What is stored under the key, read without its content; empty when nothing is. Answers or fails within a second. */
    Optional<StoredObject> head(ObjectKey key);

    /**
     * The content from its first byte; empty when there is no such object. The caller closes it, and may do so before the end at no cost.
     * Nothing is read ahead. A fault on the way is an {@link java.io.IOException} of the stream, a content that does not match its stored
     * checksum too.
     */
    Optional<InputStream> open(ObjectKey key);

    /**
     * Stores the content under the key. The store refuses it when it is not of that length and digest.
     *
     * @param bytes held in memory by the caller; up to {@value #PUT_BYTES_MAX}
     */
    void put(ObjectKey key, byte[] bytes, ExactContent content);

    /** As {@link #put(ObjectKey, byte[], ExactContent)} with as many bytes from {@code stream} as the content says; not retried. */
    void put(ObjectKey key, InputStream stream, ExactContent content);

    /** Removes the object; that there is none is fine. */
    void delete(ObjectKey key);

    /**
     * What is stored under keys that begin so, in the order of their UTF-8 bytes.
     *
     * @param after only keys beyond this one, which need not exist
     * @param max   1 to 1000
     */
    ObjectPage list(String prefix, Optional<String> after, int max);

    /** @param more there are further objects beyond the last of these */
    record ObjectPage(List<ListedObject> objects, boolean more) {}

    /** @param key as the store has it; what others put there may be no {@link ObjectKey} */
    record ListedObject(String key, long sizeBytes, Instant modifiedAt) {}

    /** The largest object a single request writes here: 64 MiB. */
    int PUT_BYTES_MAX = 64 * 1024 * 1024;
}
