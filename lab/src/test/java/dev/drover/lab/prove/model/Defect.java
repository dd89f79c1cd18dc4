package dev.drover.lab.prove.model;

/** A promise the model breaks. */
public enum Defect {
    NONE,
    /** A session is known to the instance that opened it. */
    SESSIONS_IN_PROCESS_MEMORY,
    /** Each instance counts for itself. */
    LIMITER_COUNTS_LOCALLY,
    /** The word of a worker is taken whatever became of its lease. */
    COMPLETION_WITHOUT_FENCING,
    /** Each instance fires each tick. */
    CRON_WITHOUT_CLAIM,
    /** Now and then the yes is sent, and the instance dies before it writes. */
    ACKNOWLEDGED_BEFORE_WRITTEN,
    /** Who comes back is given what is new, and not what they missed. */
    MESSAGES_DROPPED_ON_RECONNECT,
    /** What was written since the start is gone after a restart of the store. */
    STORE_WITHOUT_FILE,
    /** A repeat with the same key makes another job. */
    KEY_IGNORED,
    /** One of the files that are stored loses a byte. */
    FILE_DAMAGED,
    /** An instance keeps the copy of the flags it read first. */
    FLAGS_NEVER_RENEWED,
    /** An account is erased, and its profile forgotten. */
    ERASED_BY_HALF,
    /** Now and then nobody is told to send the mail. */
    MAIL_FORGOTTEN
}
