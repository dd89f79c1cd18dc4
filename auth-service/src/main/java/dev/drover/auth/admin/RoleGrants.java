package dev.drover.auth.admin;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import dev.drover.auth.account.Account;
import dev.drover.auth.account.EmailAddress;
import dev.drover.platform.config.Variable;
import dev.drover.platform.identity.Roles;

/** Which roles a log-in gives: those an admin gave the account, and admin to whoever has proved to read the operator's address. */
@Singleton
public final class RoleGrants {

    private final Optional<EmailAddress> bootstrapAdmin;

    RoleGrants(AdminConfig config) {
        this.bootstrapAdmin = config.bootstrapEmail().flatMap(EmailAddress::parse);
    }

    public static Variable bootstrapVariable() {
        return Variable.checked(
                        "BOOTSTRAP_ADMIN_EMAIL",
                        "an e-mail address; its account is an admin once the address is verified",
                        value -> EmailAddress.parse(value).isPresent())
                .optional();
    }

    public Set<String> of(Account account) {
        boolean isBootstrap = account.emailVerified()
                && bootstrapAdmin.filter(account.email()::equals).isPresent();
        if (!isBootstrap) {
            return account.roles();
        }
        Set<String> roles = new TreeSet<>(account.roles());
        roles.add(Roles.ADMIN);
        return roles;
    }
}
