package dev.drover.media.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.drover.media.Files;
import dev.drover.media.ServiceTest;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaLedger.Cursor;
import dev.drover.platform.medialedger.MediaLedger.DeleteResult;
import dev.drover.platform.medialedger.MediaLedger.OpenResult;
import dev.drover.platform.medialedger.MediaLedger.Page;
import dev.drover.platform.medialedger.MediaLedger.Usage;
import dev.drover.platform.medialedger.MediaLedger.VerifyResult;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.MediaVariant;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.ProcessingLedger;
import dev.drover.platform.medialedger.ProcessingLedger.BeginResult;
import dev.drover.platform.medialedger.ProcessingLedger.SettleResult;
import dev.drover.platform.medialedger.UploadTerms;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.outbox.OutboxStore;
import dev.drover.platform.outbox.StoredEntry;

/** The ledger's scripts on a real Redis: each answer, repeats, lost races, late runs. */
@ServiceTest
class MediaLedgerTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final DeleteResult DELETED = new DeleteResult.Deleted(Optional.empty());

    @Inject
    MediaLedger ledger;

    @Inject
    ProcessingLedger processing;

    @Inject
    OutboxStore outboxes;

    private final String owner = Files.owner();
    private final NewMedia file = Files.text(owner);
    private final MediaId id = file.id();

    @Test
    void anUploadIsOpenedOnceAndThenKnown() {
        assertThat(ledger.open(file, Files.TERMS)).isInstanceOf(OpenResult.Opened.class);
        MediaItem item = ledger.find(owner, id).orElseThrow();

        assertThat(ledger.open(file, Files.TERMS)).isEqualTo(new OpenResult.Known(item));
        assertThat(item.media()).isEqualTo(file);
        assertThat(item.state()).isEqualTo(MediaState.PENDING);
    }

    @Test
    void anotherUploadWithTheSameIdDiffers() {
        ledger.open(file, Files.TERMS);
        NewMedia other = new NewMedia(id, owner, "other.txt", file.content(), file.purpose());

        assertThat(ledger.open(other, Files.TERMS)).isEqualTo(new OpenResult.Differs());
        assertThat(ledger.find(owner, id).orElseThrow().media()).isEqualTo(file);
    }

    @Test
    void aStrangerFindsVerifiesAndDeletesNothing() {
        ledger.open(file, Files.TERMS);
        List<String> strangers = new ArrayList<>(List.of("usr_stranger"));
        // One of the same shard too, for whom the key exists.
        String neighbour = Files.owner();
        while (MediaId.of(neighbour, Ids.derive("x")).value().charAt(4)
                != id.value().charAt(4)) {
            neighbour = Files.owner();
        }
        strangers.add(neighbour);

        for (String stranger : strangers) {
            assertThat(ledger.find(stranger, id)).isEmpty();
            assertThat(ledger.verify(stranger, id, job())).isEqualTo(new VerifyResult.Gone());
            assertThat(ledger.delete(stranger, id, HOUR)).isEqualTo(new DeleteResult.Gone());
        }
        assertThat(ledger.find(owner, id)).isPresent();
    }

    @Test
    void ofManyCompletionsAtOnceOneLeavesTheJob() throws Exception {
        ledger.open(file, Files.TERMS);
        List<Callable<VerifyResult>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(() -> ledger.verify(owner, id, job()));
        }

        List<VerifyResult> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<VerifyResult> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
        }

        assertThat(results.stream().filter(VerifyResult.Verified.class::isInstance))
                .hasSize(1);
        assertThat(results.stream().filter(new VerifyResult.Already(MediaState.VERIFIED)::equals))
                .hasSize(99);
        assertThat(waiting()).containsExactly(job());
    }

    @Test
    void aFileIsProcessedAndSettledOnce() {
        verified();
        assertThat(processing.begin(id, 5)).isInstanceOf(BeginResult.Begun.class);
        assertThat(processing.begin(id, 5)).as("the same run").isInstanceOf(BeginResult.Begun.class);
        List<MediaVariant> variants = List.of(new MediaVariant(VariantName.PREVIEW, "image/jpeg", 10, 4, 3));

        assertThat(processing.ready(id, 5, variants, event())).isInstanceOf(SettleResult.Done.class);

        assertThat(processing.ready(id, 5, variants, event())).isEqualTo(new SettleResult.Settled(MediaState.READY));
        assertThat(processing.quarantine(id, 5, "corrupt", event()))
                .isEqualTo(new SettleResult.Settled(MediaState.READY));
        assertThat(processing.begin(id, 6)).isEqualTo(new BeginResult.Settled(MediaState.READY));
        assertThat(ledger.find(owner, id).orElseThrow().variants()).isEqualTo(variants);
        assertThat(waiting()).containsExactly(job(), event());
    }

    @Test
    void aLaterRunTakesOverAndTheEarlierOneIsRefused() {
        verified();
        processing.begin(id, 5);
        assertThat(processing.begin(id, 7)).isInstanceOf(BeginResult.Begun.class);

        assertThat(processing.begin(id, 5)).isEqualTo(new BeginResult.Stale());
        assertThat(processing.ready(id, 5, List.of(), event())).isEqualTo(new SettleResult.Stale());
        assertThat(processing.quarantine(id, 6, "corrupt", event())).isEqualTo(new SettleResult.Stale());
        assertThat(processing.quarantine(id, 7, "corrupt", event())).isInstanceOf(SettleResult.Done.class);
        MediaItem item = ledger.find(owner, id).orElseThrow();
        assertThat(item.state()).isEqualTo(MediaState.QUARANTINED);
        assertThat(item.reason()).contains("corrupt");
    }

    @Test
    void nothingIsProcessedBeforeItIsVerified() {
        assertThat(processing.begin(id, 1)).isEqualTo(new BeginResult.Gone());
        ledger.open(file, Files.TERMS);
        assertThat(processing.begin(id, 1)).isEqualTo(new BeginResult.Unverified());
        assertThat(processing.ready(id, 1, List.of(), event())).isEqualTo(new SettleResult.Stale());
        ledger.verify(owner, id, job());
        assertThat(processing.ready(id, 1, List.of(), event())).isEqualTo(new SettleResult.Stale());
    }

    @Test
    void fromEveryStateAFileCanBeDeletedAndThenNothingElseHappensToIt() {
        for (MediaState state :
                List.of(MediaState.PENDING, MediaState.VERIFIED, MediaState.PROCESSING, MediaState.READY)) {
            NewMedia each = Files.text(owner);
            bring(each, state);

            assertThat(ledger.delete(owner, each.id(), HOUR)).isEqualTo(DELETED);

            assertThat(ledger.delete(owner, each.id(), HOUR)).as("a repeat").isEqualTo(DELETED);
            assertThat(ledger.find(owner, each.id())).isEmpty();
            assertThat(ledger.open(each, Files.TERMS)).isEqualTo(new OpenResult.Deleted());
            assertThat(ledger.verify(owner, each.id(), job())).isEqualTo(new VerifyResult.Gone());
            assertThat(processing.begin(each.id(), 99)).isEqualTo(new BeginResult.Gone());
            assertThat(processing.ready(each.id(), 1, List.of(), event())).isEqualTo(new SettleResult.Gone());
        }
        assertThat(ledger.list(owner, 10, Optional.empty()).items()).isEmpty();
    }

    @Test
    void pagesAreNewestFirstAndDoNotShiftWhileFilesComeAndGo() {
        List<MediaId> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            NewMedia each = Files.text(owner);
            ledger.open(each, Files.TERMS);
            ids.addFirst(each.id());
        }

        List<MediaId> read = new ArrayList<>();
        Optional<Cursor> next = Optional.empty();
        do {
            Page page = ledger.list(owner, 3, next);
            page.items().forEach(item -> read.add(item.id()));
            next = page.next();
            ledger.open(Files.text(owner), Files.TERMS);
        } while (next.isPresent());

        assertThat(read).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aFileIsChargedOnceAndGivenBackOnce() {
        ledger.open(file, Files.TERMS);
        ledger.open(file, Files.TERMS);
        assertThat(ledger.usage(owner)).isEqualTo(new Usage(Files.TEXT.length, 1));
        NewMedia other = Files.text(owner);
        ledger.open(other, Files.TERMS);

        ledger.delete(owner, id, HOUR);
        ledger.delete(owner, id, HOUR);

        assertThat(ledger.usage(owner)).isEqualTo(new Usage(Files.TEXT.length, 1));
        ledger.delete(owner, other.id(), HOUR);
        assertThat(ledger.usage(owner)).isEqualTo(new Usage(0, 0));
    }

    @Test
    void ofManyUploadsAtOnceAsManyAreOpenedAsTheQuotaHasRoomFor() throws Exception {
        int room = 17;
        UploadTerms terms = new UploadTerms(HOUR, 0, new UploadTerms.Quota(room * Files.TEXT.length + 3, 1_000));
        List<Callable<OpenResult>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            NewMedia each = Files.text(owner);
            calls.add(() -> ledger.open(each, terms));
        }

        List<OpenResult> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<OpenResult> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
        }

        assertThat(results.stream().filter(OpenResult.Opened.class::isInstance)).hasSize(room);
        assertThat(results.stream().filter(new OpenResult.OverQuota(3, 1_000 - room)::equals))
                .hasSize(100 - room);
        assertThat(ledger.list(owner, 100, Optional.empty()).items()).hasSize(room);
        UploadTerms oneMore = new UploadTerms(HOUR, 0, new UploadTerms.Quota(Long.MAX_VALUE >> 12, room));
        assertThat(ledger.open(Files.text(owner), oneMore)).isInstanceOf(OpenResult.OverQuota.class);
    }

    private void bring(NewMedia each, MediaState state) {
        ledger.open(each, Files.TERMS);
        if (state.compareTo(MediaState.VERIFIED) >= 0) {
            ledger.verify(owner, each.id(), job());
        }
        if (state.compareTo(MediaState.PROCESSING) >= 0) {
            processing.begin(each.id(), 1);
        }
        if (state == MediaState.READY) {
            processing.ready(each.id(), 1, List.of(), event());
        }
    }

    private void verified() {
        ledger.open(file, Files.TERMS);
        ledger.verify(owner, id, job());
    }

    /** The entries of this test in the outboxes. */
    private List<OutboxEntry> waiting() {
        List<OutboxEntry> mine = new ArrayList<>();
        outboxes.oldest(MediaKeys.outboxes(), 10_000)
                .values()
                .forEach(entries -> entries.forEach(entry -> {
                    if (entry instanceof StoredEntry.Readable readable
                            && (readable.entry().equals(job())
                                    || readable.entry().equals(event()))) {
                        mine.add(readable.entry());
                    }
                }));
        return mine;
    }

    private OutboxEntry.Job job() {
        return new OutboxEntry.Job("job_media_" + Ids.derive(id.value()), "media.process", owner, "{}");
    }

    private OutboxEntry.Event event() {
        return new OutboxEntry.Event("user:" + owner + ":events", "evt_" + Ids.derive(id.value()), "{}");
    }
}
