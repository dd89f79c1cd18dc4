package dev.drover.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.drover.auth.password.CountingHasher;
import dev.drover.auth.password.Password;
import dev.drover.testing.MutableClock;

class AccountsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final CountingHasher hasher = new CountingHasher();
    private final Accounts accounts = new Accounts(new InMemoryAccountStore(), hasher, new MutableClock(NOW));
    private final EmailAddress email = TestAccounts.email();

    @Test
    void aNewAccountIsUnverifiedAndHasNoRoles() {
        AccountId id = TestAccounts.id();
        assertThat(accounts.signUp(request("correct horse battery"), id))
                .isInstanceOfSatisfying(SignUpResult.Created.class, created -> {
                    assertThat(created.account().id()).isEqualTo(id);
                    assertThat(created.account().createdAt()).isEqualTo(NOW);
                    assertThat(created.account().emailVerified()).isFalse();
                    assertThat(created.account().roles()).isEmpty();
                });
    }

    @Test
    void aTakenAddressCostsNoHash() {
        accounts.signUp(request("correct horse battery"), TestAccounts.id());
        assertThat(hasher.computed()).isEqualTo(1);
        assertThat(accounts.signUp(request("correct horse battery"), TestAccounts.id()))
                .isEqualTo(new SignUpResult.EmailTaken());
        assertThat(hasher.computed()).isEqualTo(1);
    }

    @Test
    void theSameRequestAgainGivesTheSameAccount() {
        AccountId id = TestAccounts.id();
        Account first = ((SignUpResult.Created) accounts.signUp(request("correct horse battery"), id)).account();
        assertThat(accounts.signUp(request("correct horse battery"), id)).isEqualTo(new SignUpResult.Repeated(first));
    }

    @Test
    void theSameKeyWithAnotherPasswordOrNameIsNotTheSameRequest() {
        AccountId id = TestAccounts.id();
        accounts.signUp(request("correct horse battery"), id);
        assertThat(accounts.signUp(request("another horse battery"), id)).isEqualTo(new SignUpResult.KeyReused());
        SignUp renamed =
                new SignUp(email, Password.presented("correct horse battery"), Optional.of(new DisplayName("Eve")));
        assertThat(accounts.signUp(renamed, id)).isEqualTo(new SignUpResult.KeyReused());
    }

    @Test
    void onlyTheRightPasswordProvesWhoOneIs() {
        AccountId id = TestAccounts.id();
        accounts.signUp(request("correct horse battery"), id);
        assertThat(accounts.authenticate(email.value(), Password.presented("correct horse battery")))
                .hasValueSatisfying(account -> assertThat(account.id()).isEqualTo(id));
        assertThat(accounts.authenticate(email.value(), Password.presented("Correct horse battery")))
                .isEmpty();
    }

    @Test
    void aLogInRenewsAHashOfAnEarlierCostOnce() {
        AccountId id = TestAccounts.id();
        accounts.signUp(request("correct horse battery"), id);
        hasher.changeCost();
        accounts.authenticate(email.value(), Password.presented("wrong"));
        assertThat(accounts.find(id))
                .hasValueSatisfying(account ->
                        assertThat(hasher.isOutdated(account.passwordHash())).isTrue());
        int before = hasher.computed();
        accounts.authenticate(email.value(), Password.presented("correct horse battery"));
        assertThat(hasher.computed()).isEqualTo(before + 2);
        assertThat(accounts.find(id))
                .hasValueSatisfying(account ->
                        assertThat(hasher.isOutdated(account.passwordHash())).isFalse());
        accounts.authenticate(email.value(), Password.presented("correct horse battery"));
        assertThat(hasher.computed()).isEqualTo(before + 3);
    }

    @Test
    void anUnknownAddressCostsAsManyHashesAsAWrongPassword() {
        accounts.signUp(request("correct horse battery"), TestAccounts.id());
        int before = hasher.computed();
        accounts.authenticate(email.value(), Password.presented("wrong"));
        assertThat(hasher.computed()).isEqualTo(before + 1);
        accounts.authenticate("nobody@example.org", Password.presented("wrong"));
        assertThat(hasher.computed()).isEqualTo(before + 2);
        accounts.authenticate("no address", Password.presented("wrong"));
        assertThat(hasher.computed()).isEqualTo(before + 3);
    }

    private SignUp request(String password) {
        return new SignUp(email, Password.presented(password), Optional.empty());
    }
}
