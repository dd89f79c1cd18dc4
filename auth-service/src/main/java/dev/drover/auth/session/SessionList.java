package dev.drover.auth.session;

import java.util.List;
import java.util.Map;

import dev.drover.auth.audit.OwedEntry;

/** Which sessions an account has: a list in the account's slot, beside the sessions themselves, which say what they are. */
interface SessionList {

    /**
     * Enters a session that is about to be opened; atomic. Whatever ends all sessions later finds it, and if that happened since the
     * log-in was checked, it is not entered.
     *
     * @param epoch of the account when the log-in was checked
     */
    Enlistment enlist(String account, long epoch, SessionId session);

    void strikeOff(String account, List<SessionId> sessions);

    /** Newest first, at most as many as an account may have; some may have ended. */
    List<SessionId> of(String account);

    /** Marks every session of the list as one to be revoked, and lets no log-in that was checked before open one; atomic. */
    void closeAll(String account, String because, OwedEntry entry);

    /** What is still to be revoked, with the reason. */
    Map<SessionId, String> closing(String account);

    /** They are revoked. */
    void closed(String account, List<SessionId> sessions);

    sealed interface Enlistment {

        /** @param surplus the oldest beyond what an account may have; to be closed and struck off */
        record Enlisted(List<SessionId> surplus) implements Enlistment {}

        /** All sessions, or the password they came by, ended since the log-in was checked. */
        record Stale() implements Enlistment {}
    }
}
