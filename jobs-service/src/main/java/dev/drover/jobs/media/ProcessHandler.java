package dev.drover.jobs.media;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;

import dev.drover.jobs.worker.JobExecution;
import dev.drover.jobs.worker.JobHandler;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaVariant;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.ProcessingLedger;
import dev.drover.platform.medialedger.ProcessingLedger.BeginResult;
import dev.drover.platform.medialedger.ProcessingLedger.SettleResult;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.outbox.OutboxRelay;

/**
 * {@code media.process}: looks into a verified file and makes its variants. May be cut off anywhere: objects are written under keys that
 * follow from the file, so a later run writes the same ones again, and the ledger takes only the word of the latest run.
 */
final class ProcessHandler implements JobHandler {

    /** The flag of a new step: progressive previews, for a share of the owners. */
    static final String FLAG = "progressive-previews";

    private static final String PROGRESSIVE = "{\"progressive\":true}";
    static final String TYPE = "media.process";

    private final ProcessingLedger ledger;
    private final ObjectStore store;
    private final OutboxRelay relay;
    private final FileExaminer examiner;
    private final Scanner scanner;
    private final MediaEvents events;
    private final ObjectMapper json;
    private final Client features;

    ProcessHandler(
            ProcessingLedger ledger,
            ObjectStore store,
            OutboxRelay relay,
            FileExaminer examiner,
            Scanner scanner,
            ObjectMapper json,
            Client features) {
        this.ledger = ledger;
        this.store = store;
        this.relay = relay;
        this.examiner = examiner;
        this.scanner = scanner;
        this.events = new MediaEvents(json);
        this.json = json;
        this.features = features;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JobOutcome handle(JobExecution execution) throws IOException, InterruptedException {
        Optional<MediaId> id = mediaId(execution.payload());
        if (id.isEmpty()) {
            return new JobOutcome.Dead("the payload names no media: it must be {\"mediaId\":\"med_…\"}");
        }
        return switch (ledger.begin(id.get(), execution.fencingToken())) {
            case BeginResult.Begun(MediaItem item) -> process(item, execution);
            case BeginResult.Settled(var state) -> succeeded(state.word());
            case BeginResult.Gone gone -> {
                // An earlier run may have died after it wrote variants and before it could learn that the file was
                // deleted.
                MediaKeys.objects(execution.owner(), id.get()).forEach(store::delete);
                yield succeeded("deleted");
            }
            case BeginResult.Stale stale -> new JobOutcome.Retry("a later run has the file");
            case BeginResult.Unverified unverified -> new JobOutcome.Dead("the upload of the file was never verified");
        };
    }

    private Optional<MediaId> mediaId(String payload) {
        try {
            return MediaId.parse(json.readTree(payload).path("mediaId").asText());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private JobOutcome process(MediaItem item, JobExecution execution) throws IOException, InterruptedException {
        NewMedia media = item.media();
        return switch (examine(item, isProgressive(media, execution))) {
            case Examination.Refused(Unfit reason) -> {
                OutboxEntry.Event event = events.quarantined(media, reason);
                yield settled(
                        media,
                        "quarantined",
                        event,
                        ledger.quarantine(media.id(), execution.fencingToken(), reason.word(), event));
            }
            case Examination.Fit(List<Rendition> renditions) -> publish(media, renditions, execution);
        };
    }

    /** What the first run decided counts for every later one, so that all write the same bytes. */
    private boolean isProgressive(NewMedia media, JobExecution execution) {
        Optional<String> before = execution.checkpoint();
        if (before.isPresent()) {
            return before.get().equals(PROGRESSIVE);
        }
        boolean progressive = features.getBooleanValue(FLAG, false, new ImmutableContext(media.owner()));
        if (progressive) {
            execution.saveCheckpoint(PROGRESSIVE);
        }
        return progressive;
    }

    private Examination examine(MediaItem item, boolean progressive) throws IOException, InterruptedException {
        NewMedia media = item.media();
        Optional<InputStream> content = store.open(MediaKeys.object(media.owner(), media.id(), VariantName.ORIGINAL));
        if (content.isEmpty()) {
            return new Examination.Refused(Unfit.MISSING);
        }
        Examination examination;
        try (InputStream stream = content.get()) {
            DigestCheck digest = new DigestCheck(stream);
            examination = examiner.examine(media, digest.stream(), progressive);
            if (examination instanceof Examination.Fit
                    && item.multipart().isPresent()
                    && !digest.isOf(media.content().sha256())) {
                return new Examination.Refused(Unfit.DIGEST_DIFFERS);
            }
        }
        return examination instanceof Examination.Fit && !scanner.isClean(media)
                ? new Examination.Refused(Unfit.INFECTED)
                : examination;
    }

    private JobOutcome publish(NewMedia media, List<Rendition> renditions, JobExecution execution) {
        for (Rendition rendition : renditions) {
            if (!execution.isLeaseHeld()) {
                return new JobOutcome.Retry("the lease was lost");
            }
            store.put(
                    MediaKeys.object(media.owner(), media.id(), rendition.name()),
                    rendition.jpeg(),
                    rendition.content());
        }
        List<MediaVariant> variants =
                renditions.stream().map(Rendition::toVariant).toList();
        OutboxEntry.Event event = events.ready(media, variants);
        return settled(media, "ready", event, ledger.ready(media.id(), execution.fencingToken(), variants, event));
    }

    private JobOutcome settled(NewMedia media, String settledAs, OutboxEntry.Event event, SettleResult result) {
        return switch (result) {
            case SettleResult.Done(var entry) -> {
                relay.relay(entry, event);
                yield succeeded(settledAs);
            }
            case SettleResult.Settled(var state) -> succeeded(state.word());
            case SettleResult.Stale stale -> new JobOutcome.Retry("a later run has the file");
            case SettleResult.Gone gone -> {
                // Deleted while it was processed: what was just written must not outlive it.
                MediaKeys.objects(media.owner(), media.id()).forEach(store::delete);
                yield succeeded("deleted");
            }
        };
    }

    private static JobOutcome succeeded(String state) {
        return new JobOutcome.Succeeded("{\"state\":\"" + state + "\"}");
    }
}
