package dev.drover.media.upload;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.outbox.OutboxRelay;

/** Builds the rules once, at start, so that they do not depend on where configuration comes from. */
final class UploadsProducer {

    @Produces
    @Singleton
    Uploads uploads(
            MediaLedger ledger, ObjectStore store, Presigner presigner, OutboxRelay relay, UploadConfig config) {
        return new Uploads(ledger, store, presigner, relay, UploadPolicy.of(config));
    }
}
