package dev.drover.media.library;

import java.time.Instant;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.Share;

/** A link somebody gets a file by. */
@RegisterForReflection
@Schema(name = "Share")
record ShareBody(
        @Schema(examples = "shr_06ek2v5w3xq9d4t8m1b7c0hzyn") String id,

        @Schema(description = "For whoever has it, without a log-in")
        String url,

        @Schema(enumeration = {"original", "preview", "avatar64", "avatar256"})
        String variant,

        Instant createdAt,
        Instant expiresAt) {

    static ShareBody of(String baseUrl, MediaId media, Share share) {
        return new ShareBody(
                share.id(),
                baseUrl + SharedResource.PATH + "/"
                        + Share.Token.of(media, share).text(),
                share.variant().word(),
                share.createdAt(),
                share.expiresAt());
    }

    @Schema(name = "ShareList")
    record ListBody(List<ShareBody> items) {}
}
