package dev.drover.auth.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.drover.auth.ConfigOf;
import dev.drover.auth.account.Account;
import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.EmailAddress;
import dev.drover.auth.password.PasswordHash;

class RoleGrantsTest {

    private final Account ada = account("ada@example.org", false);

    @Test
    void theOperatorsAddressMakesAnAdminOnceItIsVerified() {
        RoleGrants grants = new RoleGrants(() -> Optional.of("Ada@Example.org"));
        assertThat(grants.of(ada)).isEmpty();
        assertThat(grants.of(account("ada@example.org", true))).containsExactly("admin");
        assertThat(grants.of(account("bob@example.org", true))).isEmpty();
    }

    @Test
    void withoutSuchAnAddressNobodyIsAnAdminByItself() {
        AdminConfig unset = ConfigOf.mapping(AdminConfig.class, Map.of("BOOTSTRAP_ADMIN_EMAIL", ""));
        assertThat(unset.bootstrapEmail()).isEmpty();
        assertThat(new RoleGrants(unset).of(account("ada@example.org", true))).isEqualTo(Set.of());
    }

    @Test
    void theVariableIsAnAddressOrNotSet() {
        assertThat(RoleGrants.bootstrapVariable().valid())
                .accepts("admin@example.org")
                .rejects("admin");
    }

    private static Account account(String email, boolean isVerified) {
        return new Account(
                new AccountId("usr_" + "a".repeat(26)),
                new EmailAddress(email),
                Optional.empty(),
                PasswordHash.parse(
                        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2E$CTFhFdXPJO1aFaMaOzJuXDXtMu3CRwKYewK2VmXJE88"),
                isVerified,
                Set.of(),
                Instant.EPOCH,
                0,
                0,
                Optional.empty());
    }
}
