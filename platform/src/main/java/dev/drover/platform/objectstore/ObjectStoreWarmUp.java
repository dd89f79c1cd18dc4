package dev.drover.platform.objectstore;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import dev.drover.platform.start.WarmUp;

/** Asks the object store, where a service has one, for something that is not there: the client's classes are loaded and a connection is open. */
@Singleton
final class ObjectStoreWarmUp implements WarmUp {

    private static final ObjectKey NOTHING = new ObjectKey("warm-up");

    private final Instance<ObjectStore> stores;

    ObjectStoreWarmUp(Instance<ObjectStore> stores) {
        this.stores = stores;
    }

    @Override
    public void run() {
        stores.stream().forEach(store -> store.head(NOTHING));
    }
}
