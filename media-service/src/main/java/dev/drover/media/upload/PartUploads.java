package dev.drover.media.upload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaName;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.Multipart;
import dev.drover.platform.medialedger.PartLedger;
import dev.drover.platform.medialedger.PartLedger.AttachResult;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.CompositeSha256;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.MultipartStore.ChosenPart;
import dev.drover.platform.objectstore.MultipartStore.StoredPart;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.PresignedRequest;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.objectstore.Sha256;

/**
 * Uploads that are made in parts. What is known of them is in the ledger and in the store, so any instance, asked from any device, goes
 * on with them.
 */
final class PartUploads {

    private final MediaLedger ledger;
    private final PartLedger parts;
    private final MultipartStore store;
    private final Presigner presigner;
    private final UploadPolicy policy;

    PartUploads(MediaLedger ledger, PartLedger parts, MultipartStore store, Presigner presigner, UploadPolicy policy) {
        this.ledger = ledger;
        this.parts = parts;
        this.store = store;
        this.presigner = presigner;
        this.policy = policy;
    }

    /** @param there the parts the store has; their digests are those announced last */
    record Plan(Multipart multipart, int partCount, List<Part> there) {}

    record Part(int number, long sizeBytes, Optional<Sha256> sha256) {}

    sealed interface PlanResult {
        record Planned(Plan plan) implements PlanResult {}

        record Refused(Refusal why) implements PlanResult {}
    }

    sealed interface SignResult {
        record Signed(SortedMap<Integer, PresignedRequest> requests) implements SignResult {}

        /** @param partCount how many parts there are */
        record NoSuchPart(int number, int partCount) implements SignResult {}

        record Refused(Refusal why) implements SignResult {}
    }

    enum Refusal {
        UNKNOWN,
        /** The file goes in one request. */
        NOT_IN_PARTS,
        /** It is complete already. */
        PAST
    }

    /** Begins the upload at the store, unless it was begun before; of several at once one stays. */
    Plan begin(MediaItem item) {
        String uploadId = item.multipart().orElseThrow().uploadId().orElseGet(() -> begun(item));
        return plan(item, uploadId);
    }

    private String begun(MediaItem item) {
        String mine = store.begin(original(item), item.media().content().contentType());
        return switch (parts.attach(name(item), mine)) {
            case AttachResult.Attached(String uploadId) -> {
                if (!uploadId.equals(mine)) {
                    store.abort(original(item), mine);
                }
                yield uploadId;
            }
            // Completed or deleted within this moment: what was just begun is nobody's.
            case AttachResult.Past past -> aborted(item, mine);
            case AttachResult.Gone gone -> aborted(item, mine);
        };
    }

    private String aborted(MediaItem item, String uploadId) {
        store.abort(original(item), uploadId);
        return uploadId;
    }

    PlanResult list(String owner, MediaId id) {
        Optional<MediaItem> found = ledger.find(owner, id);
        Optional<Refusal> refusal = refusal(found);
        return refusal.isPresent()
                ? new PlanResult.Refused(refusal.get())
                : new PlanResult.Planned(begin(found.orElseThrow()));
    }

    private static Optional<Refusal> refusal(Optional<MediaItem> found) {
        if (found.isEmpty()) {
            return Optional.of(Refusal.UNKNOWN);
        }
        if (found.get().multipart().isEmpty()) {
            return Optional.of(Refusal.NOT_IN_PARTS);
        }
        return found.get().state() == MediaState.PENDING ? Optional.empty() : Optional.of(Refusal.PAST);
    }

    private Plan plan(MediaItem item, String uploadId) {
        SortedMap<Integer, Sha256> announced = parts.announced(name(item));
        List<Part> there = store.parts(original(item), uploadId).orElse(List.of()).stream()
                .map(part ->
                        new Part(part.number(), part.sizeBytes(), Optional.ofNullable(announced.get(part.number()))))
                .toList();
        Multipart multipart = item.multipart().orElseThrow();
        return new Plan(multipart, multipart.partCount(item.media().content().sizeBytes()), there);
    }

    /** Notes what the parts are going to be and signs exactly that. */
    SignResult sign(String owner, MediaId id, SortedMap<Integer, Sha256> wanted) {
        Optional<MediaItem> found = ledger.find(owner, id);
        Optional<Refusal> refusal = refusal(found);
        if (refusal.isPresent()) {
            return new SignResult.Refused(refusal.get());
        }
        MediaItem item = found.orElseThrow();
        Multipart multipart = item.multipart().orElseThrow();
        long sizeBytes = item.media().content().sizeBytes();
        if (wanted.lastKey() > multipart.partCount(sizeBytes)) {
            return new SignResult.NoSuchPart(wanted.lastKey(), multipart.partCount(sizeBytes));
        }
        String uploadId = multipart.uploadId().orElseGet(() -> begun(item));
        return switch (parts.announce(name(item), wanted, policy.pendingFor(sizeBytes))) {
            case PAST -> new SignResult.Refused(Refusal.PAST);
            case GONE -> new SignResult.Refused(Refusal.UNKNOWN);
            case ANNOUNCED -> {
                SortedMap<Integer, PresignedRequest> requests = new TreeMap<>();
                wanted.forEach((number, sha256) -> requests.put(
                        number,
                        presigner.part(
                                original(item),
                                uploadId,
                                number,
                                new Presigner.ExactPart(multipart.partSize(number, sizeBytes), sha256),
                                policy.urlValidFor())));
                yield new SignResult.Signed(requests);
            }
        };
    }

    sealed interface AssembleResult {
        /** The store made the object, now or before. */
        record Assembled() implements AssembleResult {}

        /** @param numbers of parts the store does not have, or not of the size they must be */
        record Missing(List<Integer> numbers) implements AssembleResult {}

        /** A part is not the one that was announced last. */
        record Refused() implements AssembleResult {}
    }

    /** Has the store make the object of the parts that were announced; it compares each with its digest. */
    AssembleResult assemble(MediaItem item) {
        Multipart multipart = item.multipart().orElseThrow();
        int count = multipart.partCount(item.media().content().sizeBytes());
        Optional<List<StoredPart>> stored =
                multipart.uploadId().flatMap(uploadId -> store.parts(original(item), uploadId));
        if (stored.isEmpty()) {
            // Assembled by another a moment ago, never begun, or aborted: the object itself tells.
            return new AssembleResult.Assembled();
        }
        SortedMap<Integer, Sha256> announced = parts.announced(name(item));
        Map<Integer, StoredPart> there =
                stored.get().stream().collect(Collectors.toMap(StoredPart::number, Function.identity()));
        List<Integer> missing = IntStream.rangeClosed(1, count)
                .filter(number -> !there.containsKey(number)
                        || !announced.containsKey(number)
                        || there.get(number).sizeBytes()
                                != multipart.partSize(
                                        number, item.media().content().sizeBytes()))
                .boxed()
                .toList();
        if (!missing.isEmpty()) {
            return new AssembleResult.Missing(missing);
        }
        List<ChosenPart> chosen = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            chosen.add(new ChosenPart(number, there.get(number).eTag(), announced.get(number)));
        }
        return switch (store.assemble(original(item), multipart.uploadId().orElseThrow(), chosen)) {
            case DONE, NO_SUCH_UPLOAD -> new AssembleResult.Assembled();
            case REFUSED -> new AssembleResult.Refused();
        };
    }

    /** What the object must be known by at the store when it was made of the parts that were announced. */
    CompositeSha256 composite(MediaItem item) {
        return CompositeSha256.of(List.copyOf(parts.announced(name(item)).values()));
    }

    private static MediaName name(MediaItem item) {
        return new MediaName(item.media().owner(), item.id());
    }

    private static ObjectKey original(MediaItem item) {
        return MediaKeys.object(item.media().owner(), item.id(), VariantName.ORIGINAL);
    }
}
