package dev.drover.media.library;

import java.time.Clock;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.drover.platform.cache.SharedCache;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.ShareLedger;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Presigner;

/** Builds the rules once, at start, so that they do not depend on where configuration comes from. */
final class LibraryProducer {

    @Produces
    @Singleton
    Library library(
            MediaLedger ledger,
            ObjectStore store,
            MultipartStore multipart,
            Presigner presigner,
            LibraryConfig config,
            SharedCache cache) {
        Downloads downloads = new Downloads(presigner, config.urlValidFor(), cache);
        return new Library(ledger, store, multipart, downloads, config.deletedRemembered());
    }

    @Produces
    @Singleton
    Shares shares(ShareLedger ledger, MediaLedger media, Library library, LibraryConfig config, Clock clock) {
        return new Shares(ledger, media, library, Shares.Policy.of(config), clock);
    }
}
