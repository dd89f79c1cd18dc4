package dev.drover.profile.flags;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

/** The API keys there are. Asked for each request, so a deleted one counts no more. */
interface ApiKeys {

    /** Empty when there are as many as there may be. The same id again gets another secret: its first answer was lost. */
    Optional<Created> create(String id, String name, String by);

    /** In the order they were made. */
    List<Entry> all();

    /** False when there was none. */
    boolean delete(String id);

    /** Whether a key counts. Asked on event loops, so it does not block. */
    Uni<Boolean> isValid(ApiKey key);

    /** What may be known of a key. */
    record Entry(String id, String name, String by, Instant createdAt) {}

    /** A key with its secret, known for this moment only. */
    record Created(Entry entry, ApiKey key) {}
}
