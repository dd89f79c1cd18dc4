package dev.drover.auth.account;

import java.util.Optional;

import io.smallrye.mutiny.Uni;

import dev.drover.auth.password.PasswordHash;

/**
 * Where accounts are. An address has at most one account, and an account is either there as a whole or not at all.
 *
 * <p>A sign-up is decided in one atomic step, the claim of its address, which carries all of the account until that stands in its own
 * place. Whoever meets a claim that was left half-way, the next sign-up or log-in, finishes it first; so a crash at any point leaves
 * either nothing, or an account that works.
 */
interface AccountStore {

    /** Who holds the address; says nothing of the account itself. */
    Optional<AccountId> holder(EmailAddress email);

    /**
     * Registers the account unless somebody else holds its address. Of concurrent calls for one address one wins. Repeating it with the same
     * id is harmless and keeps what was registered first.
     */
    Registration register(Account account);

    /** As many round trips whether the address has an account or not. */
    Optional<Account> findByEmail(EmailAddress email);

    Optional<Account> find(AccountId id);

    /** What every page asks for; a {@link Uni} because it is read on the event loop (docs/adr/0019-event-loop-reads.md). */
    Uni<Optional<AccountFace>> face(AccountId id);

    /** Replaces the hash of a password by another of the same password, unless the password was changed in between. */
    void rehash(AccountId id, PasswordHash from, PasswordHash to);
}
