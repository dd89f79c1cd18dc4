package dev.drover.platform.objectstore;

import java.time.Duration;

/** Signs requests for others to make. Computes only: no call to the store, and no check that the object exists. */
public interface Presigner {

    /**
     * A PUT of exactly this content under exactly this key: length, type and digest are signed as headers, so the store refuses any other.
     * Until it expires it may be used again, to write the same bytes once more.
     */
    PresignedRequest upload(ObjectKey key, ExactContent content, Duration validFor);

    /**
     * A PUT of exactly this content as one part of an upload that was begun: length and digest are signed as headers.
     *
     * @param number 1 to 10,000
     */
    PresignedRequest part(ObjectKey key, String uploadId, int number, ExactPart part, Duration validFor);

    record ExactPart(long sizeBytes, Sha256 sha256) {}

    /** A GET without further headers, as a browser makes it. The store answers with the given type and disposition. */
    PresignedRequest download(ObjectKey key, String contentType, String contentDisposition, Duration validFor);
}
