package dev.drover.lab.prove.ledger;

import io.vertx.core.json.JsonObject;

/**
 * One line of the ledger.
 *
 * @param sequence 1 for the first
 * @param atMillis when it was written, since the proof began
 */
public record Entry(long sequence, long atMillis, Kind kind, Certainty certainty, JsonObject what) {

    public enum Certainty {
        /** The suite said yes: it must be there. */
        ACKNOWLEDGED,
        /** Never answered: there once, or not at all. */
        UNKNOWN,
        /** Seen by a client, and judged by the audit. */
        OBSERVED
    }

    /** What a line is about; the members of {@code what} are those of the user who writes it. */
    public enum Kind {
        ACCOUNT,
        ACCOUNT_ERASED,
        SESSION_OPENED,
        SESSION_REFRESHED,
        SESSION_REVOKED,
        /** A session was shown to one instance, which took it or did not. */
        SESSION_SHOWN,
        PROFILE_WRITTEN,
        PROFILE_READ,
        FILE_STORED,
        JOB_ACCEPTED,
        JOB_LEASED,
        JOB_ENDED,
        TICK,
        UNIT_ASKED,
        CHANNEL_FOLLOWED,
        MESSAGE_PUBLISHED,
        MESSAGE_RECEIVED,
        CHANNEL_GAP,
        FLAG_WRITTEN,
        FLAG_READ,
        /** The same request with the same key again, at another instance. */
        REPEATED
    }

    public boolean isAcknowledged() {
        return certainty == Certainty.ACKNOWLEDGED;
    }

    public boolean isUnknown() {
        return certainty == Certainty.UNKNOWN;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("n", sequence)
                .put("at", atMillis)
                .put("kind", kind.name())
                .put("certainty", certainty.name())
                .put("what", what);
    }

    static Entry of(JsonObject json) {
        return new Entry(
                json.getLong("n"),
                json.getLong("at"),
                Kind.valueOf(json.getString("kind")),
                Certainty.valueOf(json.getString("certainty")),
                json.getJsonObject("what"));
    }
}
