package dev.drover.platform.medialedger;

import java.util.List;

import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.outbox.OutboxPosition;

/**
 * The pipeline's side of the ledger. The fencing token of the job's lease decides whose word counts: the ledger remembers the highest it
 * was shown and refuses a lower one, so a worker that lost its lease cannot put its results over its successor's.
 */
public interface ProcessingLedger {

    /** verified or processing → processing under this token. A repeat with the same token is the same run. */
    BeginResult begin(MediaId id, long fencingToken);

    /** processing → ready, and in the same step {@code event} into the outbox. */
    SettleResult ready(MediaId id, long fencingToken, List<MediaVariant> variants, OutboxEntry.Event event);

    /** processing → quarantined, and in the same step {@code event} into the outbox. */
    SettleResult quarantine(MediaId id, long fencingToken, String reason, OutboxEntry.Event event);

    sealed interface BeginResult {
        record Begun(MediaItem item) implements BeginResult {}

        /** An earlier run has finished it. */
        record Settled(MediaState state) implements BeginResult {}

        /** A later run has it. */
        record Stale() implements BeginResult {}

        /** Nobody has verified it; there is nothing to process. */
        record Unverified() implements BeginResult {}

        /** It was deleted, or never was. */
        record Gone() implements BeginResult {}
    }

    sealed interface SettleResult {
        record Done(OutboxPosition entry) implements SettleResult {}

        /** It was finished before, with this state; nothing was changed. */
        record Settled(MediaState state) implements SettleResult {}

        /** Another run has it, or this one never began. */
        record Stale() implements SettleResult {}

        record Gone() implements SettleResult {}
    }
}
