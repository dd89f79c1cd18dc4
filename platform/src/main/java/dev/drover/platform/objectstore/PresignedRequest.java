package dev.drover.platform.objectstore;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A request its holder may make at the store until it expires. The URL is a secret: whoever has it has the right.
 *
 * @param headers to be sent exactly so; they are part of the signature
 */
public record PresignedRequest(String method, URI url, Map<String, String> headers, Instant expiresAt) {

    public PresignedRequest {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return method + " " + url.getPath() + " until " + expiresAt;
    }
}
