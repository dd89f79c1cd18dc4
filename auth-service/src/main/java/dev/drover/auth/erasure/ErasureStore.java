package dev.drover.auth.erasure;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.EmailAddress;
import dev.drover.auth.audit.OwedEntry;

/** Takes accounts away, in steps that are each atomic and harmless to repeat. */
interface ErasureStore {

    /** When the session was opened; empty when it is none. */
    Optional<Instant> openedAt(String session);

    /**
     * The step that decides: all of the account in its slot goes, its sessions are marked to be revoked, and a mark stays that names the
     * address still to be given free. False when there is no account.
     */
    boolean erase(AccountId id, Instant now, Duration markKept, OwedEntry entry);

    /** Whether somebody who was entitled to it has asked for all there is of the user to be erased ({@code DELETE /profiles/me}). */
    boolean isRequested(AccountId id);

    /** The address an erased account still holds. */
    Optional<EmailAddress> addressToFree(AccountId id);

    /** Gives the address free, if it is still this account's. */
    void free(EmailAddress email, AccountId id);

    /** The mark names no address any more. */
    void freed(AccountId id);
}
