package dev.drover.platform.idempotency;

/**
 * Says of a recorded answer whether it still holds. An answer that grants something, such as a session or the right to upload, is worth
 * giving again only while the grant stands; after that the resource is asked anew, and its ids still follow from the key.
 */
public interface ReplayCheck {

    /** May block. Throws what the resource may throw, such as {@link dev.drover.platform.redis.StoreUnavailableException}. */
    boolean stillHolds(RecordedAnswer answer);
}
