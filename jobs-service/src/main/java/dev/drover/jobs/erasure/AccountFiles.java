package dev.drover.jobs.erasure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectStore;

/**
 * All files of an account. What is sent by an upload that was granted before, which the store goes on taking for its five minutes, has no entry in the
 * ledger any more, and goes with the next sweep.
 */
final class AccountFiles {

    private static final int BATCH_MAX = 100;

    private final MediaLedger ledger;
    private final ObjectStore objects;
    private final MultipartStore multipart;
    private final Duration remembered;

    AccountFiles(MediaLedger ledger, ObjectStore objects, MultipartStore multipart, Duration remembered) {
        this.ledger = ledger;
        this.objects = objects;
        this.multipart = multipart;
        this.remembered = remembered;
    }

    /** May be repeated. Nothing is granted meanwhile: the account has no session. */
    void erase(String account) {
        List<MediaItem> items =
                ledger.list(account, BATCH_MAX, Optional.empty()).items();
        while (!items.isEmpty()) {
            for (MediaItem item : items) {
                // The objects first: as long as the ledger names them, a later run finds them.
                MediaKeys.objects(account, item.id()).forEach(objects::delete);
                if (ledger.delete(account, item.id(), remembered)
                        instanceof MediaLedger.DeleteResult.Deleted(Optional<String> uploadId)) {
                    uploadId.ifPresent(upload ->
                            multipart.abort(MediaKeys.object(account, item.id(), VariantName.ORIGINAL), upload));
                }
                MediaKeys.objects(account, item.id()).forEach(objects::delete);
            }
            items = ledger.list(account, BATCH_MAX, Optional.empty()).items();
        }
    }
}
