package dev.drover.auth.session;

/** Names of a session's refresh state, in the slot of the session ({@link dev.drover.platform.identity.SessionKeys}). */
final class RefreshKeys {

    private RefreshKeys() {}

    /** A hash of {@code familyHash} and {@code currentHash}. */
    static String refresh(SessionId session) {
        return "drover:{" + session.value() + "}:refresh";
    }

    /** The salt a token was traded with, for as long as the grace lasts. */
    static String grace(SessionId session, String tokenHash) {
        return "drover:{" + session.value() + "}:refresh-grace:" + tokenHash;
    }
}
