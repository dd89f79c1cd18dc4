package dev.drover.auth.recovery;

import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.auth.account.Account;
import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.Accounts;
import dev.drover.auth.account.EmailAddress;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.errand.Errands;
import dev.drover.auth.lockout.Lockout;
import dev.drover.auth.mail.AccountMail;
import dev.drover.auth.mail.MailToken;
import dev.drover.auth.mail.MailToken.Kind;
import dev.drover.auth.mail.OutgoingMail;
import dev.drover.auth.password.Password;
import dev.drover.auth.password.PasswordHash;
import dev.drover.auth.password.PasswordHasher;
import dev.drover.auth.recovery.RecoveryStore.Change;
import dev.drover.auth.recovery.RecoveryStore.Issue;
import dev.drover.auth.recovery.RecoveryStore.Request;
import dev.drover.auth.session.SessionClosing;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;

/** Proving by mail who one is, and choosing another password. */
@Singleton
final class Recovery {

    private final Accounts accounts;
    private final RecoveryStore store;
    private final Errands errands;
    private final AccountMail mail;
    private final PasswordHasher hasher;
    private final SessionClosing closing;
    private final Lockout lockout;
    private final AuditLog audit;
    private final Ids ids;

    Recovery(
            Accounts accounts,
            RecoveryStore store,
            Errands errands,
            AccountMail mail,
            PasswordHasher hasher,
            SessionClosing closing,
            Lockout lockout,
            AuditLog audit,
            Ids ids) {
        this.accounts = accounts;
        this.store = store;
        this.errands = errands;
        this.mail = mail;
        this.hasher = hasher;
        this.closing = closing;
        this.lockout = lockout;
        this.audit = audit;
        this.ids = ids;
    }

    /** Whether it counted. */
    boolean verify(MailToken token, Optional<IdempotencyKey> key) {
        Request request = request(token.hash(), "verify-email", key);
        OwedEntry entry = audit.entry(AuditEvent.of(AuditKind.EMAIL_VERIFIED).about(token.account()));
        return errands.during(token.account(), () -> store.verify(token, entry, request));
    }

    /** Whether there was anything left to verify; a mail that was sent a moment ago is not sent again. */
    boolean resend(AccountId id, Optional<IdempotencyKey> key) {
        Account account = accounts.ofCaller(id);
        MailToken token = MailToken.random(Kind.VERIFICATION, id.value());
        OutgoingMail letter = mail.verification(token, account.email().value(), ids.random());
        Request request = request(id.value(), "verify-email/resend", key);
        return errands.during(id.value(), () -> store.issue(token, letter, mail.pause(), request)) != Issue.VERIFIED;
    }

    /** Takes the same steps, and says as little, whether the address has an account or not. The mail goes out later, by an errand. */
    void forgot(EmailAddress email, Optional<IdempotencyKey> key) {
        AccountId id = accounts.findByEmail(email)
                .map(Account::id)
                .orElseGet(() -> new AccountId("usr_" + Ids.derive("nobody", email.value())));
        MailToken token = MailToken.random(Kind.RESET, id.value());
        OutgoingMail letter = mail.reset(token, email.value(), ids.random());
        Request request = request(email.value(), "password/forgot", key);
        errands.during(id.value(), () -> store.issue(token, letter, mail.pause(), request));
    }

    /** Whether the token counted. All sessions are ended then, and the account's lock-out too. */
    boolean reset(MailToken token, Password chosen, Optional<IdempotencyKey> key) {
        Request request = request(token.hash(), "password/reset", key);
        // Made-up tokens cost no hash; whether it counts is decided by the script.
        if (!store.mayCount(token, request)) {
            return false;
        }
        Optional<Account> account = accounts.find(new AccountId(token.account()));
        if (account.isEmpty()) {
            return false;
        }
        String email = account.get().email().value();
        PasswordHash hash = hasher.hash(chosen);
        OutgoingMail notice = mail.passwordChanged(token.account(), email, ids.random());
        OwedEntry entry = audit.entry(AuditEvent.of(AuditKind.PASSWORD_RESET).about(token.account()));
        if (!errands.during(token.account(), () -> store.reset(token, hash, notice, entry, request))) {
            return false;
        }
        closing.finish(token.account());
        lockout.unlock(email);
        return true;
    }

    sealed interface Changed {

        record Done() implements Changed {}

        record WrongPassword() implements Changed {}

        /** Another request was faster. */
        record Overtaken() implements Changed {}
    }

    /** Wrong passwords count as they do at log-in: a stolen session is no way to guess the password. */
    Changed change(AccountId id, Password current, Password chosen, Asker asker, Optional<IdempotencyKey> key) {
        Request request = request(id.value(), "password/change", key);
        // Before the password is judged: that of a repeat is no longer the account's, and no guess.
        if (store.isDone(id.value(), request)) {
            closing.finish(id.value());
            return new Changed.Done();
        }
        Account account = accounts.ofCaller(id);
        String email = account.email().value();
        return switch (lockout.attempt(new Lockout.Guess(email, asker.network()), () -> Optional.of(account)
                .filter(known -> accounts.isPassword(known, current)))) {
            case Lockout.Outcome.Refused<Account> refused -> new Changed.WrongPassword();
            case Lockout.Outcome.Proven<Account> proven -> {
                PasswordHash hash = hasher.hash(chosen);
                OutgoingMail notice = mail.passwordChanged(id.value(), email, ids.random());
                Change change = new Change(account.sessionEpoch(), hash, asker.session());
                OwedEntry entry = audit.entry(AuditEvent.of(AuditKind.PASSWORD_CHANGED)
                        .about(id.value())
                        .in(asker.session()));
                if (!errands.during(id.value(), () -> store.change(id.value(), change, notice, entry, request))) {
                    yield new Changed.Overtaken();
                }
                closing.finish(id.value());
                yield new Changed.Done();
            }
        };
    }

    /** @param session the one that stays, @param network where the request comes from */
    record Asker(String session, String network) {}

    private Request request(String caller, String route, Optional<IdempotencyKey> key) {
        return new Request(ids.create(caller, "POST /auth/" + route, key), key.isPresent());
    }
}
