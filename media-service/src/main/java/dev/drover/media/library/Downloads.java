package dev.drover.media.library;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.PresignedRequest;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.stateless.SoftCache;

/**
 * Signs downloads, and gives the same URL out for half of its life, so that a page that asks again has the picture in its cache. Whether
 * somebody may have a file is asked each time before it comes to this.
 */
final class Downloads {

    private static final int ENTRIES_MAX = 10_000;

    private final Presigner presigner;
    private final Duration validFor;
    private final Clock clock;

    @SoftCache(
            maxEntries = ENTRIES_MAX,
            maxAge = "PT30S",
            because = "a URL that is missing is signed; one that is there is valid for as long again at least")
    private final Map<Download, PresignedRequest> signed = new ConcurrentHashMap<>();

    Downloads(Presigner presigner, Duration validFor, Clock clock) {
        this.presigner = presigner;
        this.validFor = validFor;
        this.clock = clock;
    }

    record Download(ObjectKey key, String contentType, String disposition) {}

    PresignedRequest sign(Download download) {
        Instant now = clock.instant();
        PresignedRequest known = signed.get(download);
        if (known != null && isFresh(known, now)) {
            return known;
        }
        PresignedRequest fresh =
                presigner.download(download.key(), download.contentType(), download.disposition(), validFor);
        if (signed.size() >= ENTRIES_MAX) {
            makeRoom(now);
        }
        signed.put(download, fresh);
        return fresh;
    }

    int kept() {
        return signed.size();
    }

    private boolean isFresh(PresignedRequest request, Instant now) {
        return now.plus(validFor.dividedBy(2)).isBefore(request.expiresAt());
    }

    private void makeRoom(Instant now) {
        signed.values().removeIf(request -> !isFresh(request, now));
        if (signed.size() >= ENTRIES_MAX) {
            signed.clear();
        }
    }
}
