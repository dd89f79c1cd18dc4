package dev.drover.media.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.drover.media.library.Downloads.Download;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.PresignedRequest;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.testing.MutableClock;

/** A signed URL is given out again for half of its life. */
class DownloadsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Download PICTURE =
            new Download(new ObjectKey("media/usr_a/med_b/original"), "image/png", "inline");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final CountingPresigner presigner = new CountingPresigner();
    private final Downloads downloads = new Downloads(presigner, MINUTE, clock);

    @Test
    void theSameUrlIsGivenOutForHalfOfItsLifeAndNoLonger() {
        URI first = downloads.sign(PICTURE).url();
        clock.advance(Duration.ofSeconds(29));
        assertThat(downloads.sign(PICTURE).url()).isEqualTo(first);
        clock.advance(Duration.ofSeconds(1));

        PresignedRequest next = downloads.sign(PICTURE);

        assertThat(next.url()).isNotEqualTo(first);
        assertThat(next.expiresAt()).isEqualTo(clock.instant().plus(MINUTE));
    }

    @Test
    void anotherDispositionIsAnotherUrl() {
        assertThat(downloads
                        .sign(new Download(PICTURE.key(), PICTURE.contentType(), "attachment"))
                        .url())
                .isNotEqualTo(downloads.sign(PICTURE).url());
    }

    @Test
    void howeverManyAreAskedForItIsBounded() {
        for (int i = 0; i < 25_000; i++) {
            downloads.sign(new Download(PICTURE.key(), PICTURE.contentType(), "inline; filename=\"" + i + "\""));
        }

        assertThat(downloads.kept()).isLessThanOrEqualTo(10_000);
    }

    private final class CountingPresigner implements Presigner {

        private int calls;

        @Override
        public PresignedRequest upload(ObjectKey key, ExactContent content, Duration validFor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PresignedRequest part(ObjectKey key, String uploadId, int number, ExactPart part, Duration validFor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PresignedRequest download(
                ObjectKey key, String contentType, String contentDisposition, Duration validFor) {
            return new PresignedRequest(
                    "GET",
                    URI.create("http://store/" + ++calls),
                    Map.of(),
                    clock.instant().plus(validFor));
        }
    }
}
