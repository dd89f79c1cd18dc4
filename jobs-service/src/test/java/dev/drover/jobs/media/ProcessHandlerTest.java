package dev.drover.jobs.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openfeature.sdk.Client;
import io.quarkus.arc.All;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.worker.GivenExecution;
import dev.drover.jobs.worker.JobHandler;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.MediaVariant;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.ProcessingLedger;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.outbox.OutboxRelay;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.ObjectStoreFixture;
import dev.drover.testing.RedisFixture;

/** The pipeline on a real Redis and a real S3: results, repeats, late runs, files that go away meanwhile. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ObjectStoreFixture.class, scope = TestResourceScope.GLOBAL)
class ProcessHandlerTest {

    @Inject
    MediaLedger ledger;

    @Inject
    ProcessingLedger processing;

    @Inject
    ObjectStore store;

    @Inject
    OutboxRelay relay;

    @Inject
    RedisCalls redis;

    @Inject
    Client features;

    @Inject
    @All
    List<JobHandler> handlers;

    private final String owner = "usr_" + Ids.derive(UUID.randomUUID().toString());

    @Test
    void aVerifiedPictureBecomesReadyAndItsOwnerIsTold() throws Exception {
        MediaId id = verified("image/jpeg", Pictures.jpeg(1_600, 1_200), MediaPurpose.AVATAR);

        JobOutcome outcome = run(id, 5, true);

        assertThat(outcome).isEqualTo(new JobOutcome.Succeeded("{\"state\":\"ready\"}"));
        MediaItem item = ledger.find(owner, id).orElseThrow();
        assertThat(item.state()).isEqualTo(MediaState.READY);
        assertThat(item.variants())
                .extracting(MediaVariant::name)
                .containsExactly(VariantName.AVATAR64, VariantName.AVATAR256, VariantName.PREVIEW);
        for (MediaVariant variant : item.variants()) {
            assertThat(store.head(MediaKeys.object(owner, id, variant.name()))).hasValueSatisfying(object -> {
                assertThat(object.sizeBytes()).isEqualTo(variant.sizeBytes());
                assertThat(object.contentType()).isEqualTo("image/jpeg");
            });
        }
        assertThat(told())
                .containsExactly("{\"event\":\"media.ready\",\"mediaId\":\"" + id
                        + "\",\"variants\":[\"avatar64\",\"avatar256\",\"preview\"]}");
    }

    @Test
    void aRepeatChangesNothingAndTellsNothing() throws Exception {
        MediaId id = verified("image/png", Pictures.png(64, 64), MediaPurpose.FILE);
        run(id, 5, true);

        assertThat(run(id, 6, true)).isEqualTo(new JobOutcome.Succeeded("{\"state\":\"ready\"}"));
        relay.sweep(MediaKeys.outboxes());

        assertThat(told()).hasSize(1);
    }

    @Test
    void whatIsNotFitIsQuarantinedWithAReason() throws Exception {
        byte[] text = "not a picture".getBytes(StandardCharsets.US_ASCII);
        MediaId id = verified("image/jpeg", text, MediaPurpose.AVATAR);

        assertThat(run(id, 5, true)).isEqualTo(new JobOutcome.Succeeded("{\"state\":\"quarantined\"}"));

        MediaItem item = ledger.find(owner, id).orElseThrow();
        assertThat(item.state()).isEqualTo(MediaState.QUARANTINED);
        assertThat(item.reason()).contains("type_mismatch");
        assertThat(told())
                .containsExactly(
                        "{\"event\":\"media.quarantined\",\"mediaId\":\"" + id + "\",\"reason\":\"type_mismatch\"}");
    }

    @Test
    void whatTheScannerFindsIsQuarantinedAndGivenToNobody() throws Exception {
        MediaId id = verified("image/png", Pictures.png(64, 64), MediaPurpose.FILE);

        assertThat(scannedBy(media -> false).handle(given("{\"mediaId\":\"" + id + "\"}", 5, true)))
                .isEqualTo(new JobOutcome.Succeeded("{\"state\":\"quarantined\"}"));

        MediaItem item = ledger.find(owner, id).orElseThrow();
        assertThat(item.state()).isEqualTo(MediaState.QUARANTINED);
        assertThat(item.reason()).contains("infected");
        assertThat(item.variants()).isEmpty();
        assertThat(store.head(MediaKeys.object(owner, id, VariantName.PREVIEW))).isEmpty();
        assertThat(told())
                .containsExactly(
                        "{\"event\":\"media.quarantined\",\"mediaId\":\"" + id + "\",\"reason\":\"infected\"}");
    }

    @Test
    void withoutAVerdictOfTheScannerNothingIsDecidedAndALaterRunAsksAgain() throws Exception {
        MediaId id = verified("image/png", Pictures.png(64, 64), MediaPurpose.FILE);
        JobHandler unanswered = scannedBy(media -> {
            throw new IOException("nobody answers");
        });

        assertThatThrownBy(() -> unanswered.handle(given("{\"mediaId\":\"" + id + "\"}", 5, true)))
                .isInstanceOf(IOException.class);
        assertThat(ledger.find(owner, id).orElseThrow().state()).isEqualTo(MediaState.PROCESSING);
        assertThat(told()).isEmpty();

        assertThat(scannedBy(media -> true).handle(given("{\"mediaId\":\"" + id + "\"}", 6, true)))
                .isEqualTo(new JobOutcome.Succeeded("{\"state\":\"ready\"}"));
    }

    private JobHandler scannedBy(Scanner scanner) {
        return new ProcessHandler(
                processing,
                store,
                relay,
                new FileExaminer(50_000_000, 16 * 1024 * 1024, 2),
                scanner,
                new ObjectMapper(),
                features);
    }

    @Test
    void anEarlierRunThatComesLateIsRefused() throws Exception {
        MediaId id = verified("image/png", Pictures.png(64, 64), MediaPurpose.FILE);
        processing.begin(id, 9);

        assertThat(run(id, 8, true)).isInstanceOf(JobOutcome.Retry.class);

        assertThat(ledger.find(owner, id).orElseThrow().state()).isEqualTo(MediaState.PROCESSING);
        assertThat(told()).isEmpty();
        assertThat(run(id, 10, true)).isInstanceOf(JobOutcome.Succeeded.class);
    }

    @Test
    void aRunWithoutItsLeaseWritesNothing() throws Exception {
        MediaId id = verified("image/png", Pictures.png(64, 64), MediaPurpose.FILE);

        assertThat(run(id, 5, false)).isInstanceOf(JobOutcome.Retry.class);

        assertThat(store.head(MediaKeys.object(owner, id, VariantName.PREVIEW))).isEmpty();
    }

    @Test
    void ofADeletedFileNoVariantOfAnEarlierRunIsLeft() throws Exception {
        byte[] picture = Pictures.png(64, 64);
        MediaId id = verified("image/png", picture, MediaPurpose.FILE);
        store.put(
                MediaKeys.object(owner, id, VariantName.PREVIEW),
                picture,
                new ExactContent(picture.length, "image/png", Sha256.of(picture)));
        ledger.delete(owner, id, Duration.ofHours(1));

        assertThat(run(id, 5, true)).isEqualTo(new JobOutcome.Succeeded("{\"state\":\"deleted\"}"));
        assertThat(store.head(MediaKeys.object(owner, id, VariantName.PREVIEW))).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void anOriginalThatIsGoneEndsInQuarantine() throws Exception {
        MediaId id = verified("image/png", Pictures.png(64, 64), MediaPurpose.FILE);
        store.delete(MediaKeys.object(owner, id, VariantName.ORIGINAL));

        run(id, 5, true);

        assertThat(ledger.find(owner, id).orElseThrow().reason()).contains("missing");
    }

    @Test
    void aPayloadThatNamesNoMediaIsDead() throws Exception {
        assertThat(handler().handle(given("{\"mediaId\":\"../etc\"}", 1, true)))
                .asInstanceOf(type(JobOutcome.Dead.class))
                .isNotNull();
        assertThat(handler().handle(given("{}", 1, true))).isInstanceOf(JobOutcome.Dead.class);
    }

    private JobOutcome run(MediaId id, long token, boolean leaseHeld) throws Exception {
        return handler().handle(given("{\"mediaId\":\"" + id + "\"}", token, leaseHeld));
    }

    private GivenExecution given(String payload, long token, boolean leaseHeld) {
        return new GivenExecution(ProcessHandler.TYPE, payload, owner, token, leaseHeld);
    }

    private JobHandler handler() {
        return handlers.stream()
                .filter(handler -> handler.type().equals(ProcessHandler.TYPE))
                .findFirst()
                .orElseThrow();
    }

    private MediaId verified(String contentType, byte[] bytes, MediaPurpose purpose) {
        MediaId id = MediaId.of(owner, Ids.derive(UUID.randomUUID().toString()));
        ExactContent content = new ExactContent(bytes.length, contentType, Sha256.of(bytes));
        ledger.open(new NewMedia(id, owner, "picture", content, purpose), Given.TERMS);
        store.put(MediaKeys.object(owner, id, VariantName.ORIGINAL), bytes, content);
        ledger.verify(
                owner,
                id,
                new OutboxEntry.Job("job_media_" + Ids.derive(id.value()), ProcessHandler.TYPE, owner, "{}"));
        return id;
    }

    /** What stands in the owner's channel, oldest first. */
    private List<String> told() {
        List<String> data = new ArrayList<>();
        Response entries = redis.send(Command.XRANGE, ChannelKeys.log(ChannelName.eventsOf(owner)), "-", "+");
        for (Response entry : entries) {
            Response fields = entry.get(1);
            for (int i = 0; i + 1 < fields.size(); i += 2) {
                if (fields.get(i).toString().equals("data")) {
                    data.add(fields.get(i + 1).toString());
                }
            }
        }
        return data;
    }
}
