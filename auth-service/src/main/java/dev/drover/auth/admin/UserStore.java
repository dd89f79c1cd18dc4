package dev.drover.auth.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.drover.auth.account.AccountId;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.platform.http.EntityVersion;

/** What admins see and change of accounts. */
interface UserStore {

    /**
     * Ids by e-mail address, in its order. The directory is in a slot of its own and follows the accounts within a moment: who has just
     * signed up may be missing, who was erased may still be named.
     */
    Page list(String emailPrefix, int limit, Optional<Position> after);

    /** The address of an account that is there. */
    Optional<String> address(AccountId id);

    /** Enters an account in the directory; harmless to repeat. */
    void enter(String email, AccountId id);

    /** Takes it out; harmless to repeat. */
    void remove(String email, AccountId id);

    /** Keeps the account from logging in and marks its sessions to be revoked, in one step. */
    Change lock(AccountId id, Instant now, OwedEntry entry);

    Change unlock(AccountId id, OwedEntry entry);

    /**
     * Gives the account exactly these roles and marks its sessions, which have others, to be revoked, in one step.
     *
     * @param expected the version it must have, if it matters
     */
    Change setRoles(AccountId id, Set<String> roles, Optional<EntityVersion> expected, OwedEntry entry);

    /** Of an entry of the directory. */
    record Position(String value) {}

    record Page(List<AccountId> ids, Optional<Position> next) {}

    enum Change {
        CHANGED,
        /** It was so before; nothing was changed. */
        UNCHANGED,
        /** There is no such account. */
        ABSENT,
        /** It has another version than was expected; nothing was changed. */
        MOVED
    }
}
