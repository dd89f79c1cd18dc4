package dev.drover.auth.session;

import java.time.Instant;
import java.util.List;

import dev.drover.auth.audit.AuditLog;

/** Where sessions are. Every method is one atomic step. */
interface SessionStore {

    /** When a session ended that an account wanted to end. */
    enum Ending {
        NOW,
        BEFORE,
        /** It is not the account's, or it is so long ago that nothing is known of it any more. */
        UNKNOWN
    }

    /** Opens the session unless one of its id is there, live or revoked. */
    OpenResult open(NewSession session);

    /**
     * Trades a refresh token: the current one makes way for its successor by {@code salt}; one traded within the grace gives the salt of
     * that time; any other of the family revokes the session in the same step, and leaves what {@link AuditLog#carry} takes to the log.
     * Nothing of it happens to a request that is older than {@link SessionPolicy#refreshWithin}.
     *
     * @param askedAtMillis when the request came, by Redis's clock
     */
    Rotation rotate(RefreshToken presented, String salt, Instant now, long askedAtMillis);

    /** Revokes the session and forgets its refresh token. Revoking again, or one that is not there, changes nothing. */
    void revoke(SessionId session, Instant now);

    /** The same, if it is the account's. */
    Ending revokeOf(String account, SessionId session, Instant now);

    /** The same, and one that is not there yet will not be opened for as long as a log-in can possibly be under way. */
    void revokeAhead(SessionId session, Instant now, String because);

    /** Those of the sessions that are the account's and count. */
    List<OpenSession> live(String account, List<SessionId> sessions);

    /** Whether the session is there and not revoked. */
    boolean isLive(SessionId session);
}
