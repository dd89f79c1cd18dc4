package dev.drover.platform.medialedger;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.outbox.OutboxPosition;

/** The sweeper's side of the ledger. Every step may be repeated, and made by two at once. */
public interface SweepLedger {

    /** Uploads of the shard whose time is over, the longest overdue first. */
    List<MediaName> overdue(char shard, int max);

    /**
     * pending → deleted, if its time is still over: its owner is no longer charged. Its objects are for the caller to remove.
     *
     * @param remembered how long the id stays taken
     */
    ExpireResult expire(MediaName name, Duration remembered);

    /** Accounts of the shard that have files, in order, those after {@code after}. */
    List<String> owners(char shard, Optional<String> after, int max);

    /** The entries there are of these files, deleted ones left out. */
    Map<MediaName, Standing> standing(Collection<MediaName> names);

    /** ready → quarantined, and in the same step {@code event} into the outbox. Empty when it is not ready any more. */
    Optional<OutboxPosition> lose(MediaName name, String reason, OutboxEntry.Event event);

    /** @param uploadId the multipart upload it is being made by */
    record Standing(MediaState state, Optional<String> uploadId) {}

    sealed interface ExpireResult {
        /** @param uploadId the multipart upload it was being made by */
        record Expired(Optional<String> uploadId) implements ExpireResult {}

        record Kept() implements ExpireResult {}
    }
}
