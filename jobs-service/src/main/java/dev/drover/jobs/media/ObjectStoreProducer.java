package dev.drover.jobs.media;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.drover.platform.objectstore.ObjectStoreConfig;
import dev.drover.platform.objectstore.S3ObjectStore;

/** The object store of this service, as the environment contract describes it. */
final class ObjectStoreProducer {

    @Produces
    @Singleton
    S3ObjectStore objectStore(ObjectStoreConfig config) {
        return S3ObjectStore.connect(config);
    }

    void close(@Disposes S3ObjectStore store) {
        store.close();
    }
}
