package dev.drover.platform.redis;

import dev.drover.platform.faults.StoreFault;

/** A store did not answer, or said that it cannot at the moment. The request may be repeated; nothing was acknowledged. */
public final class StoreUnavailableException extends RuntimeException {

    private final String store;
    private final StoreFault fault;

    public StoreUnavailableException(String store, Throwable cause) {
        this(store, StoreFault.CONNECTION, cause);
    }

    public StoreUnavailableException(String store, StoreFault fault, Throwable cause) {
        super(store + " " + fault.description(), cause, false, false);
        this.store = store;
        this.fault = fault;
    }

    /** The store's name as a client may see it: {@code Redis} or {@code The object store}. */
    public String store() {
        return store;
    }

    public StoreFault fault() {
        return fault;
    }

    public static boolean isOutage(Throwable failure) {
        return failure instanceof StoreUnavailableException unavailable
                && unavailable.fault().isOutage();
    }
}
