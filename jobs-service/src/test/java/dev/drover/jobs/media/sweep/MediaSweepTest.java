package dev.drover.jobs.media.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.media.Given;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.testing.ObjectStoreFixture;
import dev.drover.testing.RedisFixture;

/** Ledger and store are brought together again, in a real Redis and a real S3, whatever was cut off. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ObjectStoreFixture.class, scope = TestResourceScope.GLOBAL)
class MediaSweepTest {

    @Inject
    Sweeping sweeping;

    @Inject
    MediaLedger ledger;

    @Inject
    ObjectStore store;

    @Inject
    MultipartStore multipart;

    @Inject
    SweptFiles files;

    @Test
    void anUploadPastItsTimeGoesWithItsObjectAndItsCharge() throws Exception {
        NewMedia over = files.pending(Sweeping.OVER_AT_ONCE);
        NewMedia inTime = files.pending(Given.TERMS);
        files.put(over);
        files.put(inTime);

        assertThat(sweeping.dry().expired()).isPositive();
        assertThat(ledger.find(files.owner(), over.id()))
                .as("after the dry run")
                .isPresent();
        assertThat(sweeping.swept("expired")).as("counted by the dry run").isZero();
        long expired = sweeping.sweep().expired();
        assertThat(sweeping.swept("expired")).isEqualTo(expired).isPositive();

        assertThat(ledger.find(files.owner(), over.id())).isEmpty();
        assertThat(store.head(SweptFiles.original(over))).isEmpty();
        assertThat(ledger.open(over, Given.TERMS)).isEqualTo(new MediaLedger.OpenResult.Deleted());
        assertThat(ledger.find(files.owner(), inTime.id())).isPresent();
        assertThat(store.head(SweptFiles.original(inTime))).isPresent();
        assertThat(ledger.usage(files.owner())).isEqualTo(new MediaLedger.Usage(SweptFiles.TEXT.length, 1));
    }

    @Test
    void anUploadThatWasCompletedMeanwhileStays() throws Exception {
        NewMedia file = files.pending(Sweeping.OVER_AT_ONCE);
        files.put(file);
        files.verify(file);

        sweeping.sweep();

        assertThat(ledger.find(files.owner(), file.id()).orElseThrow().state()).isEqualTo(MediaState.VERIFIED);
        assertThat(store.head(SweptFiles.original(file))).isPresent();
    }

    @Test
    void anotherGrantGivesTheUploadItsTimeAnew() throws Exception {
        NewMedia file = files.pending(Sweeping.OVER_AT_ONCE);
        ledger.open(file, Given.TERMS);

        sweeping.sweep();

        assertThat(ledger.find(files.owner(), file.id())).isPresent();
    }

    @Test
    void anObjectWithoutAnEntryIsRemovedWhenItIsOldEnough() throws Exception {
        NewMedia never = files.file();
        files.put(never);
        NewMedia deleted = files.pending(Given.TERMS);
        files.put(deleted);
        ledger.delete(files.owner(), deleted.id(), Duration.ofHours(1));
        ObjectKey foreign = new ObjectKey("media/" + files.owner() + "/notes.txt");
        store.put(foreign, SweptFiles.TEXT, SweptFiles.content());

        sweeping.sweep(new SweepPolicy(200, Duration.ofHours(1), Duration.ofHours(1), 1_000));
        assertThat(store.head(SweptFiles.original(never))).as("young").isPresent();
        assertThat(sweeping.dry().orphans()).isGreaterThanOrEqualTo(2);
        assertThat(store.head(SweptFiles.original(never)))
                .as("after the dry run")
                .isPresent();
        SweepReport report = sweeping.sweep();

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
        ledger.delete(files.owner(), granted.id(), Duration.ofMillis(1));
        files.put(granted);

        sweeping.sweep();

        assertThat(store.head(SweptFiles.original(granted))).isEmpty();
    }

    @Test
    void aReadyFileWithoutItsObjectIsHiddenAndItsOwnerTold() throws Exception {
        NewMedia lost = files.ready();
        NewMedia kept = files.ready();
        store.delete(SweptFiles.original(lost));

        assertThat(sweeping.dry().lost()).isPositive();
        assertThat(ledger.find(files.owner(), lost.id()).orElseThrow().state()).isEqualTo(MediaState.READY);
        sweeping.sweep();

        var item = ledger.find(files.owner(), lost.id()).orElseThrow();
        assertThat(item.state()).isEqualTo(MediaState.QUARANTINED);
        assertThat(item.reason()).contains("missing");
        assertThat(ledger.find(files.owner(), kept.id()).orElseThrow().state()).isEqualTo(MediaState.READY);
    }

    @Test
    void aMultipartUploadNobodyGoesOnWithIsAborted() throws Exception {
        NewMedia never = files.file();
        String left = multipart.begin(SweptFiles.original(never), "text/plain");
        NewMedia file = files.pending(Given.TERMS);
        String maybe = multipart.begin(SweptFiles.original(file), "text/plain");

        assertThat(sweeping.dry().uploads()).isPositive();
        assertThat(multipart.parts(SweptFiles.original(never), left)).isPresent();
        sweeping.sweep();

        assertThat(isOpen(never)).isFalse();
        assertThat(isOpen(file)).isTrue();
        multipart.abort(SweptFiles.original(file), maybe);
    }

    private boolean isOpen(NewMedia file) {
        return multipart.open(SweptFiles.original(file).value(), Optional.empty(), 10).uploads().stream()
                .anyMatch(
                        upload -> upload.key().equals(SweptFiles.original(file).value()));
    }
}
