package dev.drover.auth.account;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.smallrye.mutiny.Uni;

import dev.drover.auth.password.PasswordHash;

/** Accounts for tests of the domain; it passes {@link AccountStoreContract}. */
final class InMemoryAccountStore implements AccountStore {

    private final Map<EmailAddress, Account> byEmail = new ConcurrentHashMap<>();

    @Override
    public Optional<AccountId> holder(EmailAddress email) {
        return findByEmail(email).map(Account::id);
    }

    @Override
    public Registration register(Account account) {
        Account holder = byEmail.putIfAbsent(account.email(), account);
        if (holder == null) {
            return new Registration.Registered(account);
        }
        return holder.id().equals(account.id())
                ? new Registration.AlreadyRegistered(holder)
                : new Registration.AddressTaken();
    }

    @Override
    public Optional<Account> findByEmail(EmailAddress email) {
        return Optional.ofNullable(byEmail.get(email));
    }

    @Override
    public Optional<Account> find(AccountId id) {
        return byEmail.values().stream()
                .filter(account -> account.id().equals(id))
                .findAny();
    }

    @Override
    public Uni<Optional<AccountFace>> face(AccountId id) {
        return Uni.createFrom()
                .item(find(id).map(account -> new AccountFace(
                        id,
                        account.email().value(),
                        account.displayName().map(DisplayName::value),
                        account.emailVerified())));
    }

    @Override
    public void rehash(AccountId id, PasswordHash from, PasswordHash to) {
        find(id).filter(account -> account.passwordHash().equals(from))
                .ifPresent(account -> byEmail.put(account.email(), account.withPasswordHash(to)));
    }
}
