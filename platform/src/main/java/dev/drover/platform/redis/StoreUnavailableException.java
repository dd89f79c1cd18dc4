package dev.drover.platform.redis;

/** A store did not answer, or said that it cannot at the moment. The request may be repeated; nothing was acknowledged. */
public final class StoreUnavailableException extends RuntimeException {

    private final String store;

    public StoreUnavailableException(String store, Throwable cause) {
        super(store + " is unavailable", cause, false, false);
        this.store = store;
    }

    /** The store's name as a client may see it: {@code Redis} or {@code The object store}. */
    public String store() {
        return store;
    }
}
