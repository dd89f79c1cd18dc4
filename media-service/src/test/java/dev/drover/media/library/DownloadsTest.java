package dev.drover.media.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.media.Files;
import dev.drover.media.ServiceTest;
import dev.drover.media.library.Downloads.Download;
import dev.drover.platform.cache.SharedCache;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.PresignedRequest;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.TestIdentity;

/** A signed URL is given out again, by every instance, for half of its life. */
@ServiceTest
class DownloadsTest {

    @Inject
    SharedCache cache;

    @Inject
    RedisCalls redis;

    @Inject
    MediaLedger ledger;

    private final AtomicInteger signed = new AtomicInteger();
    private final NewMedia file = Files.text(TestIdentity.logIn().sub());
    private final Download original =
            new Download(file.owner(), file.id(), VariantName.ORIGINAL, "text/plain", "attachment");

    @Test
    void allInstancesGiveOneUrlOutForHalfOfItsLifeAtMost() {
        PresignedRequest first = instance().sign(original);
        assertThat(instance().sign(original)).isEqualTo(first);
        assertThat(signed).hasValue(1);
        assertThat(first.expiresAt()).isAfter(Clock.systemUTC().instant().plusSeconds(30));
        assertThat(redis.send(Command.PTTL, link(VariantName.ORIGINAL)).toLong())
                .isBetween(1L, 30_000L);

        redis.send(Command.DEL, link(VariantName.ORIGINAL));

        assertThat(instance().sign(original).url()).isNotEqualTo(first.url());
    }

    @Test
    void anotherFormOfTheFileIsAnotherUrl() {
        Download preview = new Download(file.owner(), file.id(), VariantName.PREVIEW, "image/jpeg", "inline");
        assertThat(instance().sign(preview).url())
                .isNotEqualTo(instance().sign(original).url());
    }

    @Test
    void withTheFileGoesWhatWasSignedOfIt() {
        ledger.open(file, Files.TERMS);
        instance().sign(original);
        ledger.delete(file.owner(), file.id(), Duration.ofMinutes(1));
        assertThat(redis.send(Command.EXISTS, link(VariantName.ORIGINAL)).toLong())
                .isZero();
    }

    private String link(VariantName variant) {
        return MediaKeys.link(file.id(), variant);
    }

    private Downloads instance() {
        return new Downloads(new CountingPresigner(), Duration.ofMinutes(1), cache);
    }

    private final class CountingPresigner implements Presigner {

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
                    URI.create("http://store/" + signed.incrementAndGet()),
                    Map.of(),
                    Clock.systemUTC().instant().plus(validFor).truncatedTo(ChronoUnit.MILLIS));
        }
    }
}
