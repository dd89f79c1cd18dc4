package dev.drover.platform.objectstore;

import java.util.List;
import java.util.Optional;

/**
 * Objects that are made of parts. Nothing is to be seen of them until they are assembled, and then all of it. Faults are those of
 * {@link ObjectStore}.
 */
public interface MultipartStore {

    /** Begins an upload whose parts each come with their SHA-256. Not repeatable: every call begins another. */
    String begin(ObjectKey key, String contentType);

    /** The parts that are there, by number; empty when there is no such upload (any more). */
    Optional<List<StoredPart>> parts(ObjectKey key, String uploadId);

    /** Makes the object of exactly these parts, in their order. The store refuses it when one of them is not what it has. */
    Assembled assemble(ObjectKey key, String uploadId, List<ChosenPart> parts);

    /** Forgets the upload and its parts; that there is none is fine. */
    void abort(ObjectKey key, String uploadId);

    /**
     * Uploads that were begun and not ended, under keys that begin so.
     *
     * @param max 1 to 1000
     */
    OpenUploads open(String prefix, Optional<OpenUpload> after, int max);

    /** @param eTag by which the store recognises it */
    record StoredPart(int number, long sizeBytes, String eTag) {}

    record ChosenPart(int number, String eTag, Sha256 sha256) {}

    enum Assembled {
        DONE,
        /** A part is missing or another than was chosen; nothing was changed. */
        REFUSED,
        /** It was assembled before, or aborted. */
        NO_SUCH_UPLOAD
    }

    record OpenUpload(String key, String uploadId) {}

    /** @param more there are further ones beyond the last of these */
    record OpenUploads(List<OpenUpload> uploads, boolean more) {}
}
