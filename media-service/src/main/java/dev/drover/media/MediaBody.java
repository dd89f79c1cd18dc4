package dev.drover.media;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.medialedger.MediaVariant;

/** A file as its owner sees it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MediaBody(
        String id,
        String state,
        String fileName,
        String contentType,
        long sizeBytes,
        String sha256,
        String purpose,
        List<VariantBody> variants,
        String reason,
        Instant createdAt,
        Instant updatedAt) {

    public static MediaBody of(MediaItem item) {
        var media = item.media();
        return new MediaBody(
                media.id().value(),
                item.state().word(),
                media.fileName(),
                media.content().contentType(),
                media.content().sizeBytes(),
                media.content().sha256().hex(),
                media.purpose().word(),
                item.variants().stream().map(VariantBody::of).toList(),
                item.reason().orElse(null),
                item.createdAt(),
                item.updatedAt());
    }

    public record VariantBody(String name, String contentType, long sizeBytes, int width, int height) {

        static VariantBody of(MediaVariant variant) {
            return new VariantBody(
                    variant.name().word(),
                    variant.contentType(),
                    variant.sizeBytes(),
                    variant.width(),
                    variant.height());
        }
    }
}
