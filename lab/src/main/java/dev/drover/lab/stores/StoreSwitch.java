package dev.drover.lab.stores;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import dev.drover.stores.EmbeddedStore;

/** One of the stores the lab started, to be taken away and given back. One change at a time. */
public final class StoreSwitch {
    /** What can be done to a store. */
    public enum Change {
        /** SIGKILL. */
        STOP,
        /** Again, on the same port and data. */
        START,
        /** It takes connections and answers nothing: as when the network to it is cut. */
        CUT,
        JOIN;

        public static Optional<Change> named(String label) {
            for (Change change : values()) {
                if (change.name().toLowerCase(Locale.ROOT).equals(label)) {
                    return Optional.of(change);
                }
            }
            return Optional.empty();
        }
    }

    private final EmbeddedStore store;
    private final ReentrantLock changing = new ReentrantLock();

    StoreSwitch(EmbeddedStore store) {
        this.store = store;
    }

    public boolean isAlive() {
        return store.isAlive();
    }

    public long pid() {
        return store.pid();
    }

    /** Returns when it is done; what is so already stays so. */
    public void apply(Change change) throws IOException {
        changing.lock();
        try {
            switch (change) {
                case STOP -> store.kill();
                case START -> {
                    if (!store.isAlive()) {
                        store.restart();
                    }
                }
                case CUT -> onlyAlive(store::suspend);
                case JOIN -> onlyAlive(store::resume);
            }
        } finally {
            changing.unlock();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void onlyAlive(Step step) throws IOException {
        if (store.isAlive()) {
            step.run();
        }
    }
}
