package dev.drover.auth.audit;

/** Names of the audit log in Redis: one slot for all of it, but for what is owed to it. */
public final class AuditKeys {

    /** A stream of {@code content}, {@code seal}, {@code hash}; ids are {@code <milliseconds>-<sequence>}. */
    static final String LOG = "drover:{audit}:log";

    /**
     * A hash of {@code seq}, {@code hash}, {@code millis} of the last entry; {@code anchorSeq}, {@code anchorHash} of the last one trimmed and
     * {@code anchorMark}, which only who has {@code data.key} can make of them.
     */
    static final String HEAD = "drover:{audit}:head";

    /** A stream of {@code content}, {@code seal}: what has yet to be chained. */
    static final String OWED = "drover:{audit}:owed";

    private AuditKeys() {}

    /** Says that the event of this name has its entry. */
    static String once(String name) {
        return "drover:{audit}:once:" + name;
    }

    /** A stream of {@code id}, {@code content}, {@code seal}, in the slot of an account, a session or a lock-out: what scripts left of changes they made there. */
    public static String of(String owner) {
        return "drover:{" + owner + "}:audit";
    }
}
