package dev.drover.auth.admin;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import dev.drover.auth.account.Account;
import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.Accounts;
import dev.drover.auth.account.EmailAddress;
import dev.drover.auth.admin.UserStore.Change;
import dev.drover.auth.admin.UserStore.Page;
import dev.drover.auth.admin.UserStore.Position;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.errand.Errands;
import dev.drover.auth.lockout.Lockout;
import dev.drover.auth.session.SessionClosing;
import dev.drover.platform.http.EntityVersion;

/** What admins do to accounts. When a method that ends sessions returns, none of them counts any more. */
@Singleton
final class Users {

    private final UserStore store;
    private final Accounts accounts;
    private final Errands errands;
    private final SessionClosing sessions;
    private final Lockout lockout;
    private final AuditLog audit;
    private final Clock clock;

    Users(
            UserStore store,
            Accounts accounts,
            Errands errands,
            SessionClosing sessions,
            Lockout lockout,
            AuditLog audit,
            Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.errands = errands;
        this.sessions = sessions;
        this.lockout = lockout;
        this.audit = audit;
        this.clock = clock;
    }

    record Listing(List<Account> accounts, Optional<Position> next) {}

    Listing list(String emailPrefix, int limit, Optional<Position> after) {
        Page page = store.list(emailPrefix, limit, after);
        return new Listing(
                page.ids().stream()
                        .map(accounts::find)
                        .flatMap(Optional::stream)
                        .toList(),
                page.next());
    }

    /** By the claim of the address, so also who has just signed up. */
    List<Account> withEmail(String email) {
        return EmailAddress.parse(email).flatMap(accounts::findByEmail).stream().toList();
    }

    Optional<Account> find(AccountId id) {
        return accounts.find(id);
    }

    Change lock(AccountId id, String admin) {
        OwedEntry entry = audit.entry(event(AuditKind.ACCOUNT_LOCKED, id, admin));
        return ending(id, () -> store.lock(id, clock.instant(), entry));
    }

    Change unlock(AccountId id, String admin) {
        accounts.find(id).ifPresent(account -> lockout.unlock(account.email().value()));
        OwedEntry entry = audit.entry(event(AuditKind.ACCOUNT_UNLOCKED, id, admin));
        return errands.during(id.value(), () -> store.unlock(id, entry));
    }

    Change setRoles(AccountId id, Set<String> roles, Optional<EntityVersion> expected, String admin) {
        AuditEvent event =
                event(AuditKind.ROLES_CHANGED, id, admin).with("roles", String.join(",", new TreeSet<>(roles)));
        OwedEntry entry = audit.entry(event);
        return ending(id, () -> store.setRoles(id, roles, expected, entry));
    }

    boolean revoke(AccountId id, String admin) {
        if (accounts.find(id).isEmpty()) {
            return false;
        }
        sessions.closeAll(id.value(), "admin", event(AuditKind.SESSIONS_REVOKED, id, admin));
        return true;
    }

    private Change ending(AccountId id, Supplier<Change> step) {
        Change change = errands.during(id.value(), step);
        sessions.finish(id.value());
        return change;
    }

    private static AuditEvent event(AuditKind kind, AccountId id, String admin) {
        return AuditEvent.of(kind).about(id.value()).by(admin);
    }
}
