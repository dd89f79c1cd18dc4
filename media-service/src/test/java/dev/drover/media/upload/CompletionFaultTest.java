package dev.drover.media.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.drover.media.Files;
import dev.drover.media.ServiceTest;
import dev.drover.media.upload.Uploads.CompleteResult;
import dev.drover.platform.channels.ChannelLog;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobLinks;
import dev.drover.platform.jobs.JobMoves;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.outbox.OutboxRelay;
import dev.drover.platform.outbox.OutboxStore;
import dev.drover.platform.outbox.StoredEntry;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.StoreUnavailableException;

/**
 * M-3 under attack: the N-th call to a store fails, for N = 1, 2, … until completing an upload makes fewer calls than that. Whatever
 * failed, a repeat succeeds, and the file has exactly one job.
 */
@ServiceTest
class CompletionFaultTest {

    private static final int CALLS_MAX = 50;

    @Inject
    MediaLedger ledger;

    @Inject
    ObjectStore store;

    @Inject
    Presigner presigner;

    @Inject
    PartUploads parts;

    @Inject
    OutboxStore outboxes;

    @Inject
    JobQueue jobs;

    @Inject
    JobLinks links;

    @Inject
    JobMoves moves;

    @Inject
    ChannelLog channels;

    @Inject
    MeterRegistry metrics;

    @Inject
    RedisCalls redis;

    private final Faults faults = new Faults();

    @ParameterizedTest
    @EnumSource
    void whicheverCallFailsTheRepeatLeavesExactlyOneJob(Faults.When when) {
        OutboxRelay relay = new OutboxRelay(
                faults.around(OutboxStore.class, outboxes),
                faults.around(JobQueue.class, jobs),
                links,
                moves,
                channels,
                metrics,
                Clock.systemUTC());
        Uploads uploads = new Uploads(
                faults.around(MediaLedger.class, ledger),
                faults.around(ObjectStore.class, store),
                presigner,
                parts,
                relay,
                policy());
        int number = 0;
        boolean struck;
        do {
            number++;
            NewMedia file = uploaded();
            faults.failCall(number, when);
            boolean failed = fails(uploads, file);
            struck = faults.struck();
            faults.heal();

            assertThat(uploads.complete(file.owner(), file.id()))
                    .as("the repeat after call %d failed (%s)", number, failed)
                    .isInstanceOf(CompleteResult.Complete.class);
            relay.sweep(MediaKeys.outboxes());

            assertThat(ledger.find(file.owner(), file.id()).orElseThrow().state())
                    .isEqualTo(MediaState.VERIFIED);
            assertThat(timesWaiting(file))
                    .as("jobs of the file after call %d failed", number)
                    .isEqualTo(1);
            assertThat(leftInOutboxes(file)).isZero();
        } while (struck && number < CALLS_MAX);
        assertThat(number).as("calls that were made to fail").isBetween(6, CALLS_MAX - 1);
    }

    private static boolean fails(Uploads uploads, NewMedia file) {
        try {
            uploads.complete(file.owner(), file.id());
            return false;
        } catch (StoreUnavailableException e) {
            return true;
        }
    }

    private NewMedia uploaded() {
        NewMedia file = Files.text(Files.owner());
        ledger.open(file, Files.TERMS);
        store.put(MediaKeys.object(file.owner(), file.id(), VariantName.ORIGINAL), Files.TEXT, file.content());
        return file;
    }

    private long timesWaiting(NewMedia file) {
        JobId job = JobId.parse(PipelineJob.of(file.owner(), file.id()).id()).orElseThrow();
        Response waiting = redis.send(Command.ZRANGE, JobKeys.of(job).waiting(), "0", "-1");
        List<String> ids = new ArrayList<>();
        waiting.forEach(id -> ids.add(id.toString()));
        return ids.stream().filter(job.toString()::equals).count();
    }

    private long leftInOutboxes(NewMedia file) {
        return outboxes.oldest(MediaKeys.outboxes(), 10_000).values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry instanceof StoredEntry.Readable readable
                        && readable.entry().equals(PipelineJob.of(file.owner(), file.id())))
                .count();
    }

    private static UploadPolicy policy() {
        UploadPolicy.Limits limits = new UploadPolicy.Limits(1_000, Set.of("text/plain"));
        return new UploadPolicy(
                Map.of(MediaPurpose.AVATAR, limits, MediaPurpose.FILE, limits),
                Duration.ofMinutes(5),
                new UploadPolicy.Sizes(1_000, 5_242_880),
                new UploadPolicy.Times(Duration.ofHours(1), Duration.ofHours(1)),
                Files.TERMS.quota());
    }
}
