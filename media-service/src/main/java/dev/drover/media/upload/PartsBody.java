package dev.drover.media.upload;

import java.util.List;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.objectstore.Sha256;

/** How a large file is uploaded, and how far that is. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "UploadParts")
record PartsBody(
        @Schema(description = "The size of every part but the last", examples = "16777216")
        long partSizeBytes,

        @Schema(description = "Parts are numbered from 1 to this", examples = "13")
        int partCount,

        @Schema(description = "What the store has") List<PartBody> parts) {

    static PartsBody of(PartUploads.Plan plan) {
        return new PartsBody(
                plan.multipart().partBytes(),
                plan.partCount(),
                plan.there().stream()
                        .map(part -> new PartBody(
                                part.number(),
                                part.sizeBytes(),
                                part.sha256().map(Sha256::hex).orElse(null)))
                        .toList());
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "UploadPart")
    record PartBody(
            int number,
            long sizeBytes,

            @Schema(description = "As it was announced last") @Nullable
            String sha256) {}
}
