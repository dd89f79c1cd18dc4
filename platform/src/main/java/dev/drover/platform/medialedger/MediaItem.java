package dev.drover.platform.medialedger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file as the ledger knows it.
 *
 * @param variants what was made of it; empty before it is ready
 * @param reason   why it is quarantined
 * @param multipart how it is or was uploaded; empty for one request
 */
public record MediaItem(
        NewMedia media,
        MediaState state,
        List<MediaVariant> variants,
        Optional<String> reason,
        Instant createdAt,
        Instant updatedAt,
        Optional<Multipart> multipart) {

    public MediaItem {
        variants = List.copyOf(variants);
    }

    public MediaId id() {
        return media.id();
    }

    public Optional<MediaVariant> variant(VariantName name) {
        return variants.stream().filter(variant -> variant.name() == name).findFirst();
    }
}
