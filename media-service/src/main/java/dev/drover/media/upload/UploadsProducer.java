package dev.drover.media.upload;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.PartLedger;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.outbox.OutboxRelay;

/** Builds the rules once, at start, so that they do not depend on where configuration comes from. */
final class UploadsProducer {

    @Produces
    @Singleton
    Uploads uploads(
            MediaLedger ledger,
            ObjectStore store,
            Presigner presigner,
            PartUploads parts,
            OutboxRelay relay,
            UploadConfig config) {
        return new Uploads(ledger, store, presigner, parts, relay, UploadPolicy.of(config));
    }

    @Produces
    @Singleton
    PartUploads parts(
            MediaLedger ledger, PartLedger parts, MultipartStore store, Presigner presigner, UploadConfig config) {
        return new PartUploads(ledger, parts, store, presigner, UploadPolicy.of(config));
    }
}
