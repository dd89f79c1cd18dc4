package dev.drover.media.upload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaLedger.OpenResult;
import dev.drover.platform.medialedger.MediaLedger.VerifyResult;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.PresignedRequest;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.objectstore.StoredObject;
import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.outbox.OutboxRelay;

/** Grants uploads, and takes them for done only when the store has exactly what was announced. */
final class Uploads {

    private final MediaLedger ledger;
    private final ObjectStore store;
    private final Presigner presigner;
    private final OutboxRelay relay;
    private final UploadPolicy policy;

    Uploads(MediaLedger ledger, ObjectStore store, Presigner presigner, OutboxRelay relay, UploadPolicy policy) {
        this.ledger = ledger;
        this.store = store;
        this.presigner = presigner;
        this.relay = relay;
        this.policy = policy;
    }

    sealed interface GrantResult {
        /** @param upload empty when the file is past its upload already */
        record Granted(MediaItem item, Optional<PresignedRequest> upload, boolean repeated) implements GrantResult {}

        record TooLarge(long sizeMaxBytes) implements GrantResult {}

        record TypeRefused(List<String> taken) implements GrantResult {}

        /** The id stands for another upload. */
        record Differs() implements GrantResult {}

        record Deleted() implements GrantResult {}
    }

    /** Notes the upload and signs it. A repeat with the same id gives the same upload, signed afresh. */
    GrantResult grant(NewMedia media) {
        UploadPolicy.Limits limits = policy.of(media.purpose());
        if (!limits.contentTypes().contains(media.content().contentType())) {
            return new GrantResult.TypeRefused(
                    limits.contentTypes().stream().sorted().toList());
        }
        if (media.content().sizeBytes() > limits.sizeMaxBytes()) {
            return new GrantResult.TooLarge(limits.sizeMaxBytes());
        }
        return switch (ledger.open(media)) {
            case OpenResult.Opened(MediaItem item) -> granted(item, false);
            case OpenResult.Known(MediaItem item) -> granted(item, true);
            case OpenResult.Deleted deleted -> new GrantResult.Deleted();
            case OpenResult.Differs differs -> new GrantResult.Differs();
        };
    }

    private GrantResult granted(MediaItem item, boolean repeated) {
        Optional<PresignedRequest> upload = item.state() == MediaState.PENDING
                ? Optional.of(
                        presigner.upload(original(item.media()), item.media().content(), policy.urlValidFor()))
                : Optional.empty();
        return new GrantResult.Granted(item, upload, repeated);
    }

    sealed interface CompleteResult {
        /** The store has it, and the pipeline will see it. It may have been so before. */
        record Complete(MediaItem item) implements CompleteResult {}

        record Missing() implements CompleteResult {}

        /** @param differences one sentence each */
        record Differs(List<String> differences) implements CompleteResult {}

        record Unknown() implements CompleteResult {}
    }

    /** Compares what the store has with what was announced; the ledger and the pipeline's job change in one step after that. */
    CompleteResult complete(String owner, MediaId id) {
        Optional<MediaItem> found = ledger.find(owner, id);
        if (found.isEmpty()) {
            return new CompleteResult.Unknown();
        }
        MediaItem item = found.get();
        if (item.state() != MediaState.PENDING) {
            return new CompleteResult.Complete(item);
        }
        Optional<StoredObject> stored = store.head(original(item.media()));
        if (stored.isEmpty()) {
            return new CompleteResult.Missing();
        }
        List<String> differences = differences(item.media().content(), stored.get());
        return differences.isEmpty() ? verified(owner, id) : new CompleteResult.Differs(differences);
    }

    private CompleteResult verified(String owner, MediaId id) {
        OutboxEntry.Job job = PipelineJob.of(owner, id);
        switch (ledger.verify(owner, id, job)) {
            case VerifyResult.Verified(var entry) -> relay.relay(entry, job);
            case VerifyResult.Already already -> {}
            case VerifyResult.Gone gone -> {
                return new CompleteResult.Unknown();
            }
        }
        return ledger.find(owner, id)
                .<CompleteResult>map(CompleteResult.Complete::new)
                .orElseGet(CompleteResult.Unknown::new);
    }

    private static List<String> differences(ExactContent announced, StoredObject stored) {
        List<String> differences = new ArrayList<>();
        if (stored.sizeBytes() != announced.sizeBytes()) {
            differences.add("it has " + stored.sizeBytes() + " bytes, not " + announced.sizeBytes());
        }
        if (!announced.contentType().equals(stored.contentType())) {
            differences.add("its type is " + stored.contentType() + ", not " + announced.contentType());
        }
        // A store that keeps no checksum has not checked one either, so this is no proof and counts as a difference.
        if (!stored.sha256().equals(Optional.of(announced.sha256()))) {
            differences.add(stored.sha256()
                    .map(sha256 -> "its SHA-256 is " + sha256 + ", not " + announced.sha256())
                    .orElse("the store knows no SHA-256 of it"));
        }
        return differences;
    }

    private static ObjectKey original(NewMedia media) {
        return MediaKeys.object(media.owner(), media.id(), VariantName.ORIGINAL);
    }
}
