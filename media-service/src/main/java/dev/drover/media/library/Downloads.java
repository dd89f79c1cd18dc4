package dev.drover.media.library;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.drover.platform.cache.SharedCache;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.PresignedRequest;
import dev.drover.platform.objectstore.Presigner;

/**
 * Signs downloads. All instances give the same URL out for half of its life, so that a page that asks again has the picture in its cache. Whether
 * somebody may have a file is asked each time before it comes to this.
 */
final class Downloads {

    private final Presigner presigner;
    private final Duration validFor;
    private final SharedCache cache;
    private final SharedCache.Kind kind;

    Downloads(Presigner presigner, Duration validFor, SharedCache cache) {
        this.presigner = presigner;
        this.validFor = validFor;
        this.cache = cache;
        this.kind = new SharedCache.Kind("links", validFor.dividedBy(2), Duration.ZERO);
    }

    /** One form of a file. What else a download says follows from it, and stays as it is for as long as there is the file. */
    record Download(String owner, MediaId id, VariantName variant, String contentType, String disposition) {}

    PresignedRequest sign(Download download) {
        return cache.get(kind, MediaKeys.link(download.id(), download.variant()), () -> Optional.of(signed(download)))
                .map(Downloads::read)
                .orElseThrow(() -> new IllegalStateException("that there is no link is never remembered"));
    }

    /** The end of its time in ms, and the URL. */
    private String signed(Download download) {
        PresignedRequest fresh = presigner.download(
                MediaKeys.object(download.owner(), download.id(), download.variant()),
                download.contentType(),
                download.disposition(),
                validFor);
        return fresh.expiresAt().toEpochMilli() + " " + fresh.url();
    }

    private static PresignedRequest read(String link) {
        int end = link.indexOf(' ');
        return new PresignedRequest(
                "GET",
                URI.create(link.substring(end + 1)),
                Map.of(),
                Instant.ofEpochMilli(Long.parseLong(link.substring(0, end))));
    }
}
