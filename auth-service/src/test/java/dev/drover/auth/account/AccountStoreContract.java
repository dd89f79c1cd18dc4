package dev.drover.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.drover.auth.password.PasswordHash;

/** What every store of accounts does. A-1: an address has at most one account. A-2: an account is there as a whole or not at all. */
abstract class AccountStoreContract {

    private static final PasswordHash OTHER = PasswordHash.parse(
            "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2E$CTFhFdXPJO1aFaMaOzJuXDXtMu3CRwKYewK2VmXJE88");

    protected abstract AccountStore store();

    @Test
    void whatIsRegisteredIsFoundByIdAndByAddress() {
        Account account = TestAccounts.account();
        assertThat(store().register(account)).isEqualTo(new Registration.Registered(account));
        assertThat(store().find(account.id())).contains(account);
        assertThat(store().findByEmail(account.email())).contains(account);
        assertThat(store().holder(account.email())).contains(account.id());
        assertShowsItsFace(account);
    }

    @Test
    void anAccountWithoutNameAndWithRolesComesBackAsItIs() {
        Account account = new Account(
                TestAccounts.id(),
                TestAccounts.email(),
                Optional.empty(),
                TestAccounts.HASH,
                true,
                Set.of("admin", "support"),
                Instant.parse("2026-01-02T03:04:05Z"),
                2,
                3,
                Optional.of(Instant.parse("2026-01-03T03:04:05Z")));
        store().register(account);
        assertThat(store().find(account.id())).contains(account);
        assertShowsItsFace(account);
    }

    private void assertShowsItsFace(Account account) {
        assertThat(store().face(account.id()).await().indefinitely())
                .contains(new AccountFace(
                        account.id(),
                        account.email().value(),
                        account.displayName().map(DisplayName::value),
                        account.emailVerified()));
    }

    @Test
    void nobodyIsFoundWhereNobodyIs() {
        assertThat(store().find(TestAccounts.id())).isEmpty();
        assertThat(store().face(TestAccounts.id()).await().indefinitely()).isEmpty();
        assertThat(store().findByEmail(TestAccounts.email())).isEmpty();
        assertThat(store().holder(TestAccounts.email())).isEmpty();
    }

    @Test
    void anAddressIsGivenOnce() {
        Account first = TestAccounts.account();
        Account second = TestAccounts.account(TestAccounts.id(), first.email());
        store().register(first);
        assertThat(store().register(second)).isEqualTo(new Registration.AddressTaken());
        assertThat(store().find(second.id())).isEmpty();
        assertThat(store().findByEmail(first.email())).contains(first);
    }

    @Test
    void registeringAgainKeepsWhatWasRegisteredFirst() {
        Account first = TestAccounts.account();
        Account again = new Account(
                first.id(),
                first.email(),
                Optional.empty(),
                first.passwordHash(),
                false,
                Set.of(),
                Instant.now(),
                0,
                0,
                Optional.empty());
        store().register(first);
        assertThat(store().register(again)).isEqualTo(new Registration.AlreadyRegistered(first));
        assertThat(store().find(first.id())).contains(first);
    }

    @Test
    void aHashIsReplacedOnlyAsLongAsItIsTheSamePassword() {
        Account account = TestAccounts.account();
        store().register(account);
        store().rehash(account.id(), TestAccounts.HASH, OTHER);
        assertThat(store().find(account.id())).contains(account.withPasswordHash(OTHER));
        store().rehash(account.id(), TestAccounts.HASH, TestAccounts.HASH);
        assertThat(store().find(account.id())).contains(account.withPasswordHash(OTHER));
        AccountId nobody = TestAccounts.id();
        store().rehash(nobody, TestAccounts.HASH, OTHER);
        assertThat(store().find(nobody)).isEmpty();
    }

    @Test
    void ofManyAtOnceOneGetsTheAddress() throws Exception {
        EmailAddress email = TestAccounts.email();
        List<Callable<Registration>> calls = IntStream.range(0, 16)
                .<Callable<Registration>>mapToObj(
                        i -> () -> store().register(TestAccounts.account(TestAccounts.id(), email)))
                .toList();
        try (var threads = Executors.newFixedThreadPool(16)) {
            List<Registration> outcomes =
                    threads.invokeAll(calls).stream().map(Future::resultNow).toList();
            assertThat(outcomes)
                    .filteredOn(Registration.Registered.class::isInstance)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(Registration.AddressTaken.class::isInstance)
                    .hasSize(15);
        }
    }
}
