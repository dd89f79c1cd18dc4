package dev.drover.auth.account;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.drover.auth.password.PasswordHash;
import dev.drover.platform.idempotency.Ids;

/** Accounts nobody else has. */
final class TestAccounts {

    static final PasswordHash HASH = PasswordHash.parse(
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2E$CTFhFdXPJO1aFaMaOzJuXDXtMu3CRwKYewK2VmXJE88");

    private TestAccounts() {}

    static AccountId id() {
        return new AccountId("usr_" + Ids.derive(UUID.randomUUID().toString()));
    }

    static EmailAddress email() {
        return new EmailAddress("u" + UUID.randomUUID().toString().replace("-", "") + "@example.org");
    }

    static Account account() {
        return account(id(), email());
    }

    static Account account(AccountId id, EmailAddress email) {
        return new Account(
                id,
                email,
                Optional.of(new DisplayName("Ada")),
                HASH,
                false,
                Set.of(),
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                0,
                0,
                Optional.empty());
    }
}
