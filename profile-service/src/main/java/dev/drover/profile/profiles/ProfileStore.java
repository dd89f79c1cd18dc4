package dev.drover.profile.profiles;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

import dev.drover.profile.AccountId;

/** Where profiles are kept. Each operation is one atomic step; all fail with StoreUnavailableException when the store does not answer. */
interface ProfileStore {

    /** One round trip. Sees every write that was acknowledged before, by whichever instance. */
    Found find(AccountId id);

    /** As {@link #find}; a {@link Uni} because one's own profile is read on the event loop (docs/adr/0019-event-loop-reads.md). */
    Uni<Found> findAsync(AccountId id);

    /** As {@link #find}, of several accounts, asked at once. */
    List<Found> findAll(List<AccountId> ids);

    /** Whether a request of this mark was carried out. Forgotten after a while. */
    Recall recall(AccountId id, RequestMark mark);

    /**
     * Replaces the content if the profile is still at {@code read}'s version, and remembers the mark. A write that changes the handle needs
     * the claim first (see {@link dev.drover.profile.handles.HandleChange}). Safe to repeat with a mark; without one a repeat is stale.
     */
    Outcome write(Profile read, ProfileContent next, Optional<RequestMark> mark);

    sealed interface Found {
        record Written(Profile profile) implements Found {}

        record NeverWritten(long handleEpoch) implements Found {}
    }

    enum Recall {
        UNKNOWN,
        REPEATED,
        /** The name is known, for another request. */
        REUSED
    }

    sealed interface Outcome {
        record Written(long version, Instant updatedAt) implements Outcome {}

        record Repeated() implements Outcome {}

        record Reused() implements Outcome {}

        record Stale(long version) implements Outcome {}

        /** The claim on the new handle may have been taken over in the meantime. */
        record Fenced() implements Outcome {}

        /** The account has as many reserved handles as it may; the oldest is released after {@code retryAfter}. */
        record Exhausted(Duration retryAfter) implements Outcome {}
    }
}
