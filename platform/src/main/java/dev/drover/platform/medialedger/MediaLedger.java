package dev.drover.platform.medialedger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.outbox.OutboxPosition;

/**
 * The owner's side of the ledger. Each transition is one atomic step that any instance may make; a repeat finds it made. To whom a file
 * does not belong, it is not there.
 */
public interface MediaLedger {

    /** Notes an upload as pending and charges it to its owner, unless its id is known or the quota has no room for it. */
    OpenResult open(NewMedia media, UploadTerms terms);

    /** Empty when there is none, it is deleted, or another's. */
    Optional<MediaItem> find(String owner, MediaId id);

    /** pending → verified, and in the same step {@code job} into the outbox: of all that verify at once, one succeeds. */
    VerifyResult verify(String owner, MediaId id, OutboxEntry.Job job);

    /** The owner's files, newest first. What is created meanwhile does not shift the pages. */
    Page list(String owner, int max, Optional<Cursor> after);

    /** What the owner is charged at this moment. */
    Usage usage(String owner);

    /**
     * Any state → deleted, and its owner is no longer charged. From here on nobody gets the file; its objects are for the caller to remove.
     *
     * @param remembered how long the id stays taken; a repeat in that time says again that the file is deleted
     */
    DeleteResult delete(String owner, MediaId id, Duration remembered);

    sealed interface OpenResult {
        record Opened(MediaItem item) implements OpenResult {}

        /** The same upload was opened before. */
        record Known(MediaItem item) implements OpenResult {}

        /** The same upload was opened before, and its file deleted since. */
        record Deleted() implements OpenResult {}

        /** Another upload has this id. */
        record Differs() implements OpenResult {}

        /** What is left of the owner's quota is not enough; nothing was changed. */
        record OverQuota(long bytesLeft, long filesLeft) implements OpenResult {}
    }

    /** Pending uploads are among it. */
    record Usage(long bytes, long files) {}

    sealed interface DeleteResult {
        /** It may have been so before. @param uploadId the multipart upload it was being made by, to be aborted */
        record Deleted(Optional<String> uploadId) implements DeleteResult {}

        /** There is no such file. */
        record Gone() implements DeleteResult {}
    }

    sealed interface VerifyResult {
        record Verified(OutboxPosition entry) implements VerifyResult {}

        /** It is past pending already; nothing was changed. */
        record Already(MediaState state) implements VerifyResult {}

        record Gone() implements VerifyResult {}
    }

    /** @param next where the next page begins; empty on the last one */
    record Page(List<MediaItem> items, Optional<Cursor> next) {}

    /** A place in an owner's files: the member of {@link MediaKeys#ofOwner} that was read last. */
    record Cursor(String value) {
        public static final String PATTERN = "\\d{13}:med_[0-9a-f][0-9a-z]{25}";

        public Cursor {
            if (!value.matches(PATTERN)) {
                throw new IllegalArgumentException("not a place in a list of media");
            }
        }
    }
}
