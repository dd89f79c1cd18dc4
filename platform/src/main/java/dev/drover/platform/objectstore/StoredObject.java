package dev.drover.platform.objectstore;

import java.util.Optional;

/**
 * What the store says of an object.
 *
 * @param sha256    of the whole content, as the store computed and checked it when it was written; empty when the writer gave none
 * @param composite of an object that was made of parts
 */
public record StoredObject(
        long sizeBytes, String contentType, Optional<Sha256> sha256, Optional<CompositeSha256> composite) {}
