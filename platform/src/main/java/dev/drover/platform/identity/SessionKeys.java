package dev.drover.platform.identity;

/**
 * Where a session lives: a hash of {@code sub}, {@code roles} (comma-separated), {@code secretHash}, {@code createdAt}, {@code lastUsedAt} and, once revoked,
 * {@code revokedAt}. A revoked session stays as an entry of the revocation list for as long as a token of it could still be valid.
 */
public final class SessionKeys {

    /** The pub/sub channel on which the id of a session is said that was revoked: whoever holds something open for it looks at once. */
    public static final String REVOKED = "drover:session-revoked";

    private SessionKeys() {}

    public static String session(String sessionId) {
        return "drover:{" + sessionId + "}:session";
    }
}
