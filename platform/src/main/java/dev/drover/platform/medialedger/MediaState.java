package dev.drover.platform.medialedger;

import java.util.Locale;

/** Where a file is on its way: pending → verified → processing → ready or quarantined; from each of them to deleted (docs/states.md). */
public enum MediaState {
    /** An upload was granted; nothing is known of the bytes. */
    PENDING,
    /** The store has exactly the bytes that were announced. */
    VERIFIED,
    /** A worker looks into them. */
    PROCESSING,
    /** They are what they claim to be, and the variants are there. */
    READY,
    /** They are not; nobody gets them. */
    QUARANTINED,
    /** Its owner removed it. */
    DELETED;

    /** As it is stored and sent. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MediaState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
