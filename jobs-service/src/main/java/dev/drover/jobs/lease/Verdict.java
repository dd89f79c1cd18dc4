package dev.drover.jobs.lease;

import java.util.Locale;

/** What is to become of a job whose run failed. */
public enum Verdict {
    /** Another attempt after a while, if there is one left. */
    RETRY,
    /** The answer is no: it ends as failed. */
    FAILED,
    /** For the dead letters, whatever attempts are left. */
    DEAD;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
