package dev.drover.media.upload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.drover.media.upload.PartUploads.AssembleResult;
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
    private final PartUploads parts;
    private final OutboxRelay relay;
    private final UploadPolicy policy;

    Uploads(
            MediaLedger ledger,
            ObjectStore store,
            Presigner presigner,
            PartUploads parts,
            OutboxRelay relay,
            UploadPolicy policy) {
        this.ledger = ledger;
        this.store = store;
        this.presigner = presigner;
        this.parts = parts;
        this.relay = relay;
        this.policy = policy;
    }

    /** How the bytes get to the store. */
    sealed interface Way {
        record InOneRequest(PresignedRequest upload) implements Way {}

        record InParts(PartUploads.Plan plan) implements Way {}

        /** They are there already. */
        record Made() implements Way {}
    }

    sealed interface GrantResult {
        record Granted(MediaItem item, Way way, boolean repeated) implements GrantResult {}

        record TooLarge(long sizeMaxBytes) implements GrantResult {}

        record TypeRefused(List<String> taken) implements GrantResult {}

        /** The id stands for another upload. */
        record Differs() implements GrantResult {}

        record Deleted() implements GrantResult {}

        /** What is left of the owner's quota is not enough. */
        record OverQuota(long bytesLeft, long filesLeft) implements GrantResult {}
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
        return switch (ledger.open(media, policy.terms(media.content().sizeBytes()))) {
            case OpenResult.Opened(MediaItem item) -> granted(item, false);
            case OpenResult.Known(MediaItem item) -> granted(item, true);
            case OpenResult.Deleted deleted -> new GrantResult.Deleted();
            case OpenResult.Differs differs -> new GrantResult.Differs();
            case OpenResult.OverQuota(long bytesLeft, long filesLeft) ->
                new GrantResult.OverQuota(bytesLeft, filesLeft);
        };
    }

    private GrantResult granted(MediaItem item, boolean repeated) {
        return new GrantResult.Granted(item, way(item), repeated);
    }

    private Way way(MediaItem item) {
        if (item.state() != MediaState.PENDING) {
            return new Way.Made();
        }
        return item.multipart().isPresent()
                ? new Way.InParts(parts.begin(item))
                : new Way.InOneRequest(
                        presigner.upload(original(item.media()), item.media().content(), policy.urlValidFor()));
    }

    sealed interface CompleteResult {
        /** The store has it, and the pipeline will see it. It may have been so before. */
        record Complete(MediaItem item) implements CompleteResult {}

        record Missing() implements CompleteResult {}

        /** @param numbers of parts the store does not have, at least one */
        record PartsMissing(List<Integer> numbers) implements CompleteResult {}

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
        if (stored.isEmpty() && item.multipart().isPresent()) {
            switch (parts.assemble(item)) {
                case AssembleResult.Assembled assembled -> stored = store.head(original(item.media()));
                case AssembleResult.Missing(var numbers) -> {
                    return new CompleteResult.PartsMissing(numbers);
                }
                case AssembleResult.Refused refused -> {
                    // Or another made the object of them at the same time, and they are gone.
                    stored = store.head(original(item.media()));
                    if (stored.isEmpty()) {
                        return new CompleteResult.Differs(List.of("a part is not the one that was announced last"));
                    }
                }
            }
        }
        return stored.isEmpty() ? new CompleteResult.Missing() : compared(item, stored.get());
    }

    private CompleteResult compared(MediaItem item, StoredObject stored) {
        List<String> differences = differences(item, stored);
        if (differences.isEmpty()) {
            return verified(item.media().owner(), item.id());
        }
        // Another may have completed it meanwhile, and with that its parts are no longer known.
        return ledger.find(item.media().owner(), item.id())
                .filter(now -> now.state() != MediaState.PENDING)
                .<CompleteResult>map(CompleteResult.Complete::new)
                .orElseGet(() -> new CompleteResult.Differs(differences));
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

    private List<String> differences(MediaItem item, StoredObject stored) {
        ExactContent announced = item.media().content();
        List<String> differences = new ArrayList<>();
        if (stored.sizeBytes() != announced.sizeBytes()) {
            differences.add("it has " + stored.sizeBytes() + " bytes, not " + announced.sizeBytes());
        }
        if (!announced.contentType().equals(stored.contentType())) {
            differences.add("its type is " + stored.contentType() + ", not " + announced.contentType());
        }
        // A store that keeps no checksum has not checked one either, so this is no proof and counts as a difference.
        if (item.multipart().isPresent()) {
            differs("composite SHA-256", parts.composite(item), stored.composite())
                    .ifPresent(differences::add);
        } else {
            differs("SHA-256", announced.sha256(), stored.sha256()).ifPresent(differences::add);
        }
        return differences;
    }

    private static <T> Optional<String> differs(String what, T announced, Optional<T> stored) {
        if (stored.equals(Optional.of(announced))) {
            return Optional.empty();
        }
        return Optional.of(stored.map(known -> "its " + what + " is " + known + ", not " + announced)
                .orElse("the store knows no " + what + " of it"));
    }

    private static ObjectKey original(NewMedia media) {
        return MediaKeys.object(media.owner(), media.id(), VariantName.ORIGINAL);
    }
}
