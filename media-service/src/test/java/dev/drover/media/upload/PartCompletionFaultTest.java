package dev.drover.media.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import jakarta.inject.Inject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.drover.media.Files;
import dev.drover.media.ServiceTest;
import dev.drover.media.StoreClient;
import dev.drover.media.upload.PartUploads.SignResult;
import dev.drover.media.upload.Uploads.CompleteResult;
import dev.drover.media.upload.Uploads.GrantResult;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.PartLedger;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.platform.outbox.OutboxRelay;
import dev.drover.platform.redis.StoreUnavailableException;

/**
 * The N-th call to a store fails, for N = 1, 2, …, from the grant of an upload in parts to its completion. Whatever failed, repeating what
 * was asked goes on where it stood.
 */
@ServiceTest
class PartCompletionFaultTest {

    private static final int CALLS_MAX = 60;

    @Inject
    MediaLedger ledger;

    @Inject
    PartLedger partLedger;

    @Inject
    ObjectStore store;

    @Inject
    MultipartStore multipart;

    @Inject
    Presigner presigner;

    @Inject
    OutboxRelay relay;

    private final Faults faults = new Faults();

    @ParameterizedTest
    @EnumSource
    void whicheverCallFailsRepeatingGoesOn(Faults.When when) {
        MediaLedger media = faults.around(MediaLedger.class, ledger);
        PartUploads parts = new PartUploads(
                media,
                faults.around(PartLedger.class, partLedger),
                faults.around(MultipartStore.class, multipart),
                presigner,
                policy());
        Uploads uploads =
                new Uploads(media, faults.around(ObjectStore.class, store), presigner, parts, relay, policy());
        int number = 0;
        boolean struck;
        do {
            NewMedia file = Files.text(Files.owner());
            faults.failCall(++number, when);
            boolean failed = fails(uploads, parts, file);
            struck = faults.struck();
            faults.heal();

            assertThat(upload(uploads, parts, file))
                    .as("the repeat after call %d failed (%s)", number, failed)
                    .isInstanceOf(CompleteResult.Complete.class);
            assertThat(ledger.find(file.owner(), file.id()).orElseThrow().state())
                    .isEqualTo(MediaState.VERIFIED);
        } while (struck && number < CALLS_MAX);
        assertThat(number).as("calls that were made to fail").isBetween(8, CALLS_MAX - 1);
    }

    private static boolean fails(Uploads uploads, PartUploads parts, NewMedia file) {
        try {
            upload(uploads, parts, file);
            return false;
        } catch (StoreUnavailableException e) {
            return true;
        }
    }

    /** As a client does that goes through all of it again. */
    private static CompleteResult upload(Uploads uploads, PartUploads parts, NewMedia file) {
        assertThat(uploads.grant(file)).isInstanceOf(GrantResult.Granted.class);
        TreeMap<Integer, Sha256> only = new TreeMap<>(Map.of(1, file.content().sha256()));
        if (parts.sign(file.owner(), file.id(), only) instanceof SignResult.Signed signed) {
            var request = signed.requests().get(1);
            // When it was assembled before, the store has no such upload any more.
            StoreClient.put(request.url(), request.headers(), Files.TEXT);
        }
        return uploads.complete(file.owner(), file.id());
    }

    private static UploadPolicy policy() {
        UploadPolicy.Limits limits = new UploadPolicy.Limits(1_000, Set.of("text/plain"));
        return new UploadPolicy(
                Map.of(MediaPurpose.AVATAR, limits, MediaPurpose.FILE, limits),
                Duration.ofMinutes(5),
                new UploadPolicy.Sizes(1, 5_242_880),
                new UploadPolicy.Times(Duration.ofHours(1), Duration.ofHours(1)),
                Files.TERMS.quota());
    }
}
