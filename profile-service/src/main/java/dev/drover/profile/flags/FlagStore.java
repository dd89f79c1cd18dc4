package dev.drover.profile.flags;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.flags.StoredFlag;

/** Where flags are kept. Each operation is one atomic step; all fail with StoreUnavailableException when the store does not answer. */
interface FlagStore {

    Optional<StoredFlag> find(String key);

    /** All there are, by their keys. */
    Map<String, StoredFlag> all();

    /**
     * @param expected the version that must be there; 0: none
     * @param document empty: the flag is deleted
     */
    Outcome write(String key, long expected, Optional<ObjectNode> document, Note note);

    /** The latest changes, newest first, before a place. */
    List<Change> history(String key, Optional<String> before, int max);

    /** What the history says of a change. */
    record Note(String action, String who, String why, String diff) {}

    /** @param place in the history, for the next page */
    record Change(String place, long version, Instant at, Note note) {}

    sealed interface Outcome {

        record Written(long version, Instant updatedAt) implements Outcome {}

        /** @param version 0: there is none */
        record Stale(long version) implements Outcome {}

        record Full() implements Outcome {}
    }
}
