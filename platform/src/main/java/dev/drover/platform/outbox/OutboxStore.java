package dev.drover.platform.outbox;

import java.util.List;
import java.util.Map;

/**
 * The streams entries wait in. They are written by the scripts of those who have something to tell, so there is no method to add one.
 * Any number of relays may read and remove at once.
 */
public interface OutboxStore {

    /** The oldest entries of each outbox; all are asked at once, and one that does not answer is missing from the result. */
    Map<String, List<StoredEntry>> oldest(List<String> outboxes, int maxEach);

    /** The entries that follow one of them, oldest first. */
    List<StoredEntry> after(OutboxPosition position, int max);

    /** Removes entries of one outbox; what is gone already is fine. */
    void remove(String outbox, List<String> entryIds);

    /** Moves an entry to where it no longer stands in the way, with the reason. Atomic; one that is gone already is fine. */
    void bury(OutboxPosition position, String reason);
}
