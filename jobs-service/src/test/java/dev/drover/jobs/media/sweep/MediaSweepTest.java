package dev.drover.jobs.media.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.media.Given;
import dev.drover.jobs.media.MediaEvents;
import dev.drover.jobs.media.sweep.SweepProgress.Phase;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.ProcessingLedger;
import dev.drover.platform.medialedger.UploadTerms;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.outbox.OutboxRelay;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.testing.ObjectStoreFixture;
import dev.drover.testing.RedisFixture;

/** Ledger and store are brought together again, in a real Redis and a real S3, whatever was cut off and wherever the sweep is. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ObjectStoreFixture.class, scope = TestResourceScope.GLOBAL)
class MediaSweepTest {

    private static final UploadTerms OVER_AT_ONCE = Given.terms(Duration.ofMillis(1));

    @Inject
    MediaSweep.Stores stores;

    @Inject
    MediaLedger ledger;

    @Inject
    ProcessingLedger processing;

    @Inject
    ObjectStore store;

    @Inject
    MultipartStore multipart;

    @Inject
    OutboxRelay relay;

    @Inject
    ObjectMapper json;

    @Inject
    SweepTick tick;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final String owner = "usr_" + Ids.derive(UUID.randomUUID().toString());
    private SweptFiles files;

    @BeforeEach
    void anAccount() {
        files = new SweptFiles(owner, ledger, processing, store);
    }

    @Test
    void anUploadPastItsTimeGoesWithItsObjectAndItsCharge() throws Exception {
        NewMedia over = files.pending(OVER_AT_ONCE);
        NewMedia inTime = files.pending(Given.TERMS);
        files.put(over);
        files.put(inTime);

        assertThat(dry().expired()).isPositive();
        assertThat(ledger.find(owner, over.id())).as("after the dry run").isPresent();
        assertThat(swept("expired")).as("counted by the dry run").isZero();
        long expired = sweep().expired();
        assertThat(swept("expired")).isEqualTo(expired).isPositive();

        assertThat(ledger.find(owner, over.id())).isEmpty();
        assertThat(store.head(SweptFiles.original(over))).isEmpty();
        assertThat(ledger.open(over, Given.TERMS)).isEqualTo(new MediaLedger.OpenResult.Deleted());
        assertThat(ledger.find(owner, inTime.id())).isPresent();
        assertThat(store.head(SweptFiles.original(inTime))).isPresent();
        assertThat(ledger.usage(owner)).isEqualTo(new MediaLedger.Usage(SweptFiles.TEXT.length, 1));
    }

    @Test
    void anUploadThatWasCompletedMeanwhileStays() throws Exception {
        NewMedia file = files.pending(OVER_AT_ONCE);
        files.put(file);
        files.verify(file);

        sweep();

        assertThat(ledger.find(owner, file.id()).orElseThrow().state()).isEqualTo(MediaState.VERIFIED);
        assertThat(store.head(SweptFiles.original(file))).isPresent();
    }

    @Test
    void anotherGrantGivesTheUploadItsTimeAnew() throws Exception {
        NewMedia file = files.pending(OVER_AT_ONCE);
        ledger.open(file, Given.TERMS);

        sweep();

        assertThat(ledger.find(owner, file.id())).isPresent();
    }

    @Test
    void anObjectWithoutAnEntryIsRemovedWhenItIsOldEnough() throws Exception {
        NewMedia never = files.file();
        files.put(never);
        NewMedia deleted = files.pending(Given.TERMS);
        files.put(deleted);
        ledger.delete(owner, deleted.id(), Duration.ofHours(1));
        ObjectKey foreign = new ObjectKey("media/" + owner + "/notes.txt");
        store.put(foreign, SweptFiles.TEXT, SweptFiles.content());

        sweep(new SweepPolicy(200, Duration.ofHours(1), Duration.ofHours(1), 1_000));
        assertThat(store.head(SweptFiles.original(never))).as("young").isPresent();
        assertThat(dry().orphans()).isGreaterThanOrEqualTo(2);
        assertThat(store.head(SweptFiles.original(never)))
                .as("after the dry run")
                .isPresent();
        SweepReport report = sweep();

        assertThat(store.head(SweptFiles.original(never))).isEmpty();
        assertThat(store.head(SweptFiles.original(deleted))).isEmpty();
        assertThat(store.head(foreign)).as("what is none of ours").isPresent();
        assertThat(report.foreign()).isPositive();
        store.delete(foreign);
    }

    /** P-11: the store goes on taking an upload for as long as it was granted for; the mark of the deleted file is gone by then. */
    @Test
    void whatIsSentAfterAnErasureByAnUploadThatWasGrantedBeforeGoesWithTheSweep() throws Exception {
        NewMedia granted = files.pending(Given.TERMS);
        ledger.delete(owner, granted.id(), Duration.ofMillis(1));
        files.put(granted);

        sweep();

        assertThat(store.head(SweptFiles.original(granted))).isEmpty();
    }

    @Test
    void aReadyFileWithoutItsObjectIsHiddenAndItsOwnerTold() throws Exception {
        NewMedia lost = files.ready();
        NewMedia kept = files.ready();
        store.delete(SweptFiles.original(lost));

        assertThat(dry().lost()).isPositive();
        assertThat(ledger.find(owner, lost.id()).orElseThrow().state()).isEqualTo(MediaState.READY);
        sweep();

        var item = ledger.find(owner, lost.id()).orElseThrow();
        assertThat(item.state()).isEqualTo(MediaState.QUARANTINED);
        assertThat(item.reason()).contains("missing");
        assertThat(ledger.find(owner, kept.id()).orElseThrow().state()).isEqualTo(MediaState.READY);
    }

    @Test
    void aMultipartUploadNobodyGoesOnWithIsAborted() throws Exception {
        NewMedia never = files.file();
        String left = multipart.begin(SweptFiles.original(never), "text/plain");
        NewMedia file = files.pending(Given.TERMS);
        String maybe = multipart.begin(SweptFiles.original(file), "text/plain");

        assertThat(dry().uploads()).isPositive();
        assertThat(multipart.parts(SweptFiles.original(never), left)).isPresent();
        sweep();

        assertThat(isOpen(never)).isFalse();
        assertThat(isOpen(file)).isTrue();
        multipart.abort(SweptFiles.original(file), maybe);
    }

    @Test
    void whenMostIsAmissNothingIsRemoved() {
        List<NewMedia> orphans = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            NewMedia file = files.file();
            files.put(file);
            orphans.add(file);
        }
        // Everything beyond the keys before this owner's, in pages of three: all of a page are orphans.
        SweepProgress from = new SweepProgress(Phase.ORPHANS, "media/" + owner, SweepReport.NOTHING);
        MediaSweep sweep = sweep(stores, new SweepPolicy(3, Duration.ZERO, Duration.ofHours(1), 3));

        assertThatThrownBy(() -> sweep.step(from, false))
                .isInstanceOf(Doubtful.class)
                .hasMessageContaining("3 of 3");

        orphans.forEach(file -> {
            assertThat(store.head(SweptFiles.original(file))).isPresent();
            store.delete(SweptFiles.original(file));
        });
    }

    @Test
    void whereverItIsCutOffTheNextRunEndsIt() throws Exception {
        NewMedia over = files.pending(OVER_AT_ONCE);
        files.put(over);
        NewMedia never = files.file();
        files.put(never);
        NewMedia lost = files.ready();
        store.delete(SweptFiles.original(lost));
        int failing = 0;
        boolean ended;
        CheckpointedRun checkpoint = new CheckpointedRun();
        do {
            CutOff cutOff = new CutOff(++failing);
            MediaSweep.Stores failingStores = new MediaSweep.Stores(
                    ledger, stores.sweeping(), cutOff.around(ObjectStore.class, store), multipart);
            SweepHandler handler = new SweepHandler(sweep(failingStores, patient()), json, new SimpleMeterRegistry());
            try {
                ended = handler.handle(checkpoint) instanceof JobOutcome.Succeeded;
            } catch (StoreUnavailableException e) {
                ended = false;
            }
        } while (!ended && failing < 100);

        assertThat(ended).isTrue();
        // What the cut between ledger and store left is an orphan, and that is for the next sweep.
        sweep();
        assertThat(ledger.find(owner, over.id())).isEmpty();
        assertThat(store.head(SweptFiles.original(over))).isEmpty();
        assertThat(store.head(SweptFiles.original(never))).isEmpty();
        assertThat(ledger.find(owner, lost.id()).orElseThrow().state()).isEqualTo(MediaState.QUARANTINED);
    }

    @Test
    void replicasThatTickAtOnceSweepOnce() throws Exception {
        Instant at =
                Instant.EPOCH.plus(Duration.ofDays(ThreadLocalRandom.current().nextInt(1, 1_000_000)));
        Callable<EnqueueResult> replica = () -> tick.fire(at);
        int fired = 0;
        try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<EnqueueResult> result : replicas.invokeAll(List.of(replica, replica, replica, replica))) {
                fired += result.get() instanceof EnqueueResult.Enqueued ? 1 : 0;
            }
        }
        assertThat(fired).isOne();
    }

    private SweepReport sweep() throws Exception {
        return sweep(patient());
    }

    private SweepReport sweep(SweepPolicy policy) throws Exception {
        return run(policy, false);
    }

    private long swept(String what) {
        return (long) meters.counter("drover.media.swept", "what", what).count();
    }

    private SweepReport dry() throws Exception {
        return run(patient(), true);
    }

    private SweepReport run(SweepPolicy policy, boolean dryRun) throws Exception {
        SweepHandler handler = new SweepHandler(sweep(stores, policy), json, meters);
        JobOutcome outcome = handler.handle(new CheckpointedRun(dryRun));
        assertThat(outcome).isInstanceOf(JobOutcome.Succeeded.class);
        return json.readValue(((JobOutcome.Succeeded) outcome).resultJson(), SweepReport.class);
    }

    /** Removes what is a moment old, and doubts nothing: other tests leave objects behind. The clock is ahead of what was just written. */
    private MediaSweep sweep(MediaSweep.Stores with, SweepPolicy policy) {
        Clock ahead = Clock.fixed(Instant.now().plusSeconds(5), ZoneOffset.UTC);
        return new MediaSweep(with, relay, new MediaEvents(json), policy, ahead);
    }

    private static SweepPolicy patient() {
        return new SweepPolicy(200, Duration.ZERO, Duration.ofHours(1), 1_000_000);
    }

    private boolean isOpen(NewMedia file) {
        return multipart.open(SweptFiles.original(file).value(), Optional.empty(), 10).uploads().stream()
                .anyMatch(
                        upload -> upload.key().equals(SweptFiles.original(file).value()));
    }
}
