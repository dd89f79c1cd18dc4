package dev.drover.media.upload;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.objectstore.PresignedRequest;

/** A granted upload; without method and URL when it was made already. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UploadBody(String id, String state, String method, URI url, Map<String, String> headers, Instant expiresAt) {

    static UploadBody of(MediaItem item, PresignedRequest upload) {
        return new UploadBody(
                item.id().value(),
                item.state().word(),
                upload.method(),
                upload.url(),
                upload.headers(),
                upload.expiresAt());
    }

    static UploadBody made(MediaItem item) {
        return new UploadBody(item.id().value(), item.state().word(), null, null, null, null);
    }
}
