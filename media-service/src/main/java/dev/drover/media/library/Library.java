package dev.drover.media.library;

import java.time.Duration;
import java.util.Optional;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaLedger.Cursor;
import dev.drover.platform.medialedger.MediaLedger.DeleteResult;
import dev.drover.platform.medialedger.MediaLedger.Page;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.MediaVariant;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.PresignedRequest;

/** An account's files: private, and handed out only when they are known to be what they claim. */
final class Library {

    private final MediaLedger ledger;
    private final ObjectStore store;
    private final MultipartStore multipart;
    private final Downloads downloads;
    private final Duration deletedRemembered;

    Library(
            MediaLedger ledger,
            ObjectStore store,
            MultipartStore multipart,
            Downloads downloads,
            Duration deletedRemembered) {
        this.ledger = ledger;
        this.store = store;
        this.multipart = multipart;
        this.downloads = downloads;
        this.deletedRemembered = deletedRemembered;
    }

    Page list(String owner, int max, Optional<Cursor> after) {
        return ledger.list(owner, max, after);
    }

    Optional<MediaItem> find(String owner, MediaId id) {
        return ledger.find(owner, id);
    }

    sealed interface LinkResult {
        record Link(PresignedRequest download) implements LinkResult {}

        record NotReady(MediaState state) implements LinkResult {}

        record Quarantined(String reason) implements LinkResult {}

        record NoSuchVariant() implements LinkResult {}

        record Unknown() implements LinkResult {}
    }

    LinkResult link(String owner, MediaId id, VariantName variant) {
        return ledger.find(owner, id).map(item -> link(item, variant)).orElseGet(LinkResult.Unknown::new);
    }

    /** For whoever may have it: the owner, or somebody with a link of the owner's. */
    LinkResult link(MediaItem item, VariantName variant) {
        return switch (item.state()) {
            case PENDING, VERIFIED, PROCESSING -> new LinkResult.NotReady(item.state());
            case QUARANTINED -> new LinkResult.Quarantined(item.reason().orElse("no reason was given"));
            case DELETED -> new LinkResult.Unknown();
            case READY -> variant == VariantName.ORIGINAL ? original(item) : variant(item, variant);
        };
    }

    private LinkResult original(MediaItem item) {
        return link(
                item,
                VariantName.ORIGINAL,
                item.media().content().contentType(),
                item.media().fileName());
    }

    private LinkResult variant(MediaItem item, VariantName name) {
        Optional<MediaVariant> made = item.variant(name);
        if (made.isEmpty()) {
            return new LinkResult.NoSuchVariant();
        }
        String fileName = stem(item.media().fileName()) + "-" + name.word() + ".jpg";
        return link(item, name, made.get().contentType(), fileName);
    }

    private LinkResult link(MediaItem item, VariantName variant, String contentType, String fileName) {
        String disposition = ContentDisposition.of(contentType, fileName).header();
        return new LinkResult.Link(downloads.sign(
                new Downloads.Download(item.media().owner(), item.id(), variant, contentType, disposition)));
    }

    private static String stem(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }

    /** Hides the file, then removes its bytes. When that fails halfway, repeating it goes on. False when there is no such file. */
    boolean delete(String owner, MediaId id) {
        return switch (ledger.delete(owner, id, deletedRemembered)) {
            case DeleteResult.Gone gone -> false;
            case DeleteResult.Deleted(var uploadId) -> {
                uploadId.ifPresent(
                        upload -> multipart.abort(MediaKeys.object(owner, id, VariantName.ORIGINAL), upload));
                MediaKeys.objects(owner, id).forEach(store::delete);
                yield true;
            }
        };
    }
}
