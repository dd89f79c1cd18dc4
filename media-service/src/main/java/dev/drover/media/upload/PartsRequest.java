package dev.drover.media.upload;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.medialedger.Multipart;
import dev.drover.platform.objectstore.Sha256;

/** The body of {@code POST /media/uploads/{id}/parts}: what exactly the next parts are going to be. */
@RegisterForReflection
@Schema(name = "PartsRequest")
record PartsRequest(@NotNull @Size(min = 1, max = PARTS_MAX) List<@Valid @NotNull PartRequest> parts) {

    /** Parts that are signed at once. */
    static final int PARTS_MAX = 100;

    @Schema(name = "PartRequest")
    record PartRequest(
            @NotNull @Min(1) @Max(Multipart.PARTS_MAX) @Schema(examples = "1")
            Integer number,

            @NotNull
            @Pattern(regexp = Sha256.PATTERN, message = "must be 64 lower-case hex digits")
            @Schema(examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
            String sha256) {}

    SortedMap<Integer, Sha256> digests() {
        SortedMap<Integer, Sha256> digests = new TreeMap<>();
        parts.forEach(part -> digests.put(part.number(), new Sha256(part.sha256())));
        return digests;
    }
}
