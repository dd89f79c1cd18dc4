package dev.drover.media.library;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Presigner;

/** Builds the rules once, at start, so that they do not depend on where configuration comes from. */
final class LibraryProducer {

    @Produces
    @Singleton
    Library library(MediaLedger ledger, ObjectStore store, Presigner presigner, LibraryConfig config) {
        return new Library(ledger, store, presigner, config.urlValidFor(), config.deletedRemembered());
    }
}
