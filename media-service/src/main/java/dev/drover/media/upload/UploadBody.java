package dev.drover.media.upload;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.objectstore.PresignedRequest;

/** A granted upload; without method and URL when it was made already. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Upload")
record UploadBody(
        @Schema(examples = "med_06ek2v5w3xq9d4t8m1b7c0hzyn") String id,

        @Schema(enumeration = {"pending", "verified", "processing", "ready", "quarantined", "deleted"})
        String state,

        @Schema(enumeration = "PUT") @Nullable String method,
        @Nullable URI url,

        @Schema(description = "To be sent with the bytes, exactly so") @Nullable
        Map<String, String> headers,

        @Nullable Instant expiresAt,

        @Schema(description = "Of a file that goes in parts, instead of method and URL") @Nullable
        PartsBody multipart) {

    static UploadBody of(MediaItem item, PresignedRequest upload) {
        return new UploadBody(
                item.id().value(),
                item.state().word(),
                upload.method(),
                upload.url(),
                upload.headers(),
                upload.expiresAt(),
                null);
    }

    static UploadBody made(MediaItem item) {
        return new UploadBody(item.id().value(), item.state().word(), null, null, null, null, null);
    }

    static UploadBody inParts(MediaItem item, PartUploads.Plan plan) {
        return new UploadBody(item.id().value(), item.state().word(), null, null, null, null, PartsBody.of(plan));
    }
}
