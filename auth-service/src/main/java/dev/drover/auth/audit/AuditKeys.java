package dev.drover.auth.audit;

/** Names of the audit log in Redis: one slot for all of it. */
final class AuditKeys {

    /** A stream of {@code content}, {@code seal}, {@code hash}; ids are {@code <milliseconds>-<sequence>}. */
    static final String LOG = "drover:{audit}:log";

    /** A hash of {@code seq}, {@code hash}, {@code millis} of the last entry, {@code anchorSeq}, {@code anchorHash} of the last one trimmed. */
    static final String HEAD = "drover:{audit}:head";

    private AuditKeys() {}

    /** Says that the event of this name has its entry. */
    static String once(String name) {
        return "drover:{audit}:once:" + name;
    }
}
