package dev.drover.jobs.job;

import java.util.Locale;

/** The states of a job, drawn in docs/states.md. */
public enum JobState {
    SCHEDULED,
    WAITING,
    ACTIVE,
    /** Done. */
    SUCCEEDED,
    /** Its worker said no for good: an answer, not a fault. */
    FAILED,
    /** Given up: attempts or crash budget spent, or its worker said so. For people to look at. */
    DEAD,
    CANCELLED;

    public boolean isEnded() {
        return switch (this) {
            case SCHEDULED, WAITING, ACTIVE -> false;
            case SUCCEEDED, FAILED, DEAD, CANCELLED -> true;
        };
    }

    /** As it is written in Redis and on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static JobState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
