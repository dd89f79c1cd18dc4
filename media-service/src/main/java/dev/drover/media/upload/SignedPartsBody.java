package dev.drover.media.upload;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.objectstore.PresignedRequest;

/** Where the parts go. */
@RegisterForReflection
@Schema(name = "SignedParts")
record SignedPartsBody(List<SignedPartBody> parts) {

    static SignedPartsBody of(SortedMap<Integer, PresignedRequest> requests) {
        return new SignedPartsBody(requests.entrySet().stream()
                .map(part -> new SignedPartBody(
                        part.getKey(),
                        part.getValue().method(),
                        part.getValue().url(),
                        part.getValue().headers(),
                        part.getValue().expiresAt()))
                .toList());
    }

    @Schema(name = "SignedPart")
    record SignedPartBody(
            int number,
            @Schema(enumeration = "PUT") String method,
            URI url,

            @Schema(description = "To be sent with the bytes, exactly so")
            Map<String, String> headers,

            Instant expiresAt) {}
}
