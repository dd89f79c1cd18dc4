package dev.drover.jobs.media.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.media.sweep.SweepProgress.Phase;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.testing.ObjectStoreFixture;
import dev.drover.testing.RedisFixture;

/** A run that is cut off, doubtful or begun by several replicas. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ObjectStoreFixture.class, scope = TestResourceScope.GLOBAL)
class SweepRunTest {

    @Inject
    Sweeping sweeping;

    @Inject
    MediaSweep.Stores stores;

    @Inject
    MediaLedger ledger;

    @Inject
    ObjectStore store;

    @Inject
    MultipartStore multipart;

    @Inject
    ObjectMapper json;

    @Inject
    SweepTick tick;

    @Inject
    SweptFiles files;

    @Test
    void whenMostIsAmissNothingIsRemoved() {
        List<NewMedia> orphans = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            NewMedia file = files.file();
            files.put(file);
            orphans.add(file);
        }
        // Everything beyond the keys before this owner's, in pages of three: all of a page are orphans.
        SweepProgress from = new SweepProgress(Phase.ORPHANS, "media/" + files.owner(), SweepReport.NOTHING);
        MediaSweep sweep = sweeping.of(new SweepPolicy(3, Duration.ZERO, Duration.ofHours(1), 3));

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
        NewMedia over = files.pending(Sweeping.OVER_AT_ONCE);
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
            SweepHandler handler =
                    new SweepHandler(sweeping.of(failingStores, Sweeping.patient()), json, new SimpleMeterRegistry());
            try {
                ended = handler.handle(checkpoint) instanceof JobOutcome.Succeeded;
            } catch (StoreUnavailableException e) {
                ended = false;
            }
        } while (!ended && failing < 100);

        assertThat(ended).isTrue();
        // What the cut between ledger and store left is an orphan, and that is for the next sweep.
        sweeping.sweep();
        assertThat(ledger.find(files.owner(), over.id())).isEmpty();
        assertThat(store.head(SweptFiles.original(over))).isEmpty();
        assertThat(store.head(SweptFiles.original(never))).isEmpty();
        assertThat(ledger.find(files.owner(), lost.id()).orElseThrow().state()).isEqualTo(MediaState.QUARANTINED);
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
}
