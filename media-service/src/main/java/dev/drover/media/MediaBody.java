package dev.drover.media;

import java.time.Instant;
import java.util.List;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.medialedger.MediaVariant;

/** A file as its owner sees it. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Media")
public record MediaBody(
        @Schema(examples = "med_06ek2v5w3xq9d4t8m1b7c0hzyn") String id,

        @Schema(enumeration = {"pending", "verified", "processing", "ready", "quarantined", "deleted"})
        String state,

        @Schema(examples = "herd.jpg") String fileName,
        @Schema(examples = "image/jpeg") String contentType,
        long sizeBytes,
        String sha256,
        @Schema(enumeration = {"avatar", "file"}) String purpose,
        List<VariantBody> variants,

        @Schema(description = "Why it is quarantined") @Nullable
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

    @Schema(name = "MediaVariant")
    public record VariantBody(
            @Schema(examples = "preview") String name, String contentType, long sizeBytes, int width, int height) {

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
