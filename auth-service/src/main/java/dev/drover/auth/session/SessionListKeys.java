package dev.drover.auth.session;

/** Names of what an account knows of its sessions, in the account's slot; the sessions are in slots of their own. */
public final class SessionListKeys {

    private SessionListKeys() {}

    /** A sorted set: ids of sessions that may be open, by the time they end at the latest, in milliseconds. */
    public static String sessions(String account) {
        return "drover:{" + account + "}:sessions";
    }

    /** A hash: ids of sessions that are to be revoked, with the reason. */
    public static String closing(String account) {
        return "drover:{" + account + "}:closing";
    }
}
