package dev.drover.auth.mfa;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.inject.Singleton;

import dev.drover.auth.account.Account;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.errand.Errands;
import dev.drover.auth.mail.AccountMail;
import dev.drover.auth.mail.OutgoingMail;
import dev.drover.auth.mfa.MfaStore.Enrolment;
import dev.drover.auth.mfa.MfaStore.Spendable;
import dev.drover.auth.mfa.MfaStore.UseEntries;
import dev.drover.auth.mfa.MfaStore.Verdict;
import dev.drover.auth.token.SealedData;
import dev.drover.platform.idempotency.Ids;

/** Setting up a second factor, proving it, and giving it up. */
@Singleton
public final class SecondFactor {

    private static final String SEAL = "totp";

    private final MfaStore store;
    private final SealedData sealed;
    private final AuditLog audit;
    private final Errands errands;
    private final AccountMail mail;
    private final Ids ids;
    private final Clock clock;

    SecondFactor(
            MfaStore store,
            SealedData sealed,
            AuditLog audit,
            Errands errands,
            AccountMail mail,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.audit = audit;
        this.errands = errands;
        this.mail = mail;
        this.ids = ids;
        this.clock = clock;
    }

    /** How a check ended. */
    public sealed interface Check {
        record Passed() implements Check {}

        /** The account has a second factor and none was shown. */
        record Required() implements Check {}

        record Wrong(Proof shown) implements Check {}

        record Paused(Duration remaining) implements Check {}
    }

    sealed interface Confirmed {
        record Now(List<RecoveryCode> codes) implements Confirmed {}

        record Already() implements Confirmed {}

        record WrongCode() implements Confirmed {}

        record NothingToConfirm() implements Confirmed {}
    }

    Optional<Enrolment> find(String account) {
        return store.find(account);
    }

    /** Empty when there is an active one. */
    Optional<TotpSecret> enrol(String account) {
        TotpSecret secret = TotpSecret.random();
        return store.enrol(account, sealed.encrypt(SEAL, account, secret.bits()))
                ? Optional.of(secret)
                : Optional.empty();
    }

    /** @param intention names the request: its repeat shows the same recovery codes, whatever the time by then */
    Confirmed confirm(String account, String code, Optional<String> intention) {
        Optional<Enrolment> pending = store.find(account);
        if (pending.isEmpty()) {
            return new Confirmed.NothingToConfirm();
        }
        Enrolment found = pending.get();
        if (found.isActive() && intention.isEmpty()) {
            return new Confirmed.Already();
        }
        OptionalLong step = secret(account, found).stepOf(code, clock.instant());
        if (step.isEmpty() && !found.isActive()) {
            return new Confirmed.WrongCode();
        }
        Optional<String> use = intention.map(name -> Ids.derive(name, code));
        List<RecoveryCode> codes =
                use.map(name -> recoveryCodes(account, found, name)).orElseGet(() -> RecoveryCode.fresh(ids));
        OwedEntry entry = entry(AuditKind.TOTP_ENABLED, account);
        // Of an active one the store only says whether it was this very request that confirmed it.
        return switch (errands.during(
                account,
                () -> store.confirm(account, found.sealedSecret(), step.orElse(0), hashes(codes), use, entry))) {
            case CONFIRMED -> new Confirmed.Now(codes);
            case ACTIVE -> new Confirmed.Already();
            case ABSENT -> new Confirmed.NothingToConfirm();
        };
    }

    /**
     * Whether whoever has shown the password has shown enough.
     *
     * @param intention names what the proof is for, so that a repeat of the same request is no replay of the code
     */
    public Check check(String account, Optional<Proof> proof, Optional<String> intention) {
        Optional<Enrolment> known = store.find(account).filter(Enrolment::isActive);
        if (known.isEmpty()) {
            return new Check.Passed();
        }
        if (proof.isEmpty()) {
            return new Check.Required();
        }
        return switch (spend(account, known.get(), proof.get(), intention)) {
            case Verdict.Accepted accepted -> new Check.Passed();
            case Verdict.Wrong wrong -> {
                audit.carry(account);
                yield new Check.Wrong(proof.get());
            }
            case Verdict.Paused(Duration remaining) -> new Check.Paused(remaining);
            case Verdict.Absent absent -> new Check.Passed();
        };
    }

    private Verdict spend(String account, Enrolment known, Proof proof, Optional<String> intention) {
        Optional<Spendable> spendable = spendable(account, known, proof);
        UseEntries entries = new UseEntries(
                entry(AuditKind.RECOVERY_CODE_USED, account),
                audit.entry(AuditEvent.of(AuditKind.LOGIN_FAILED).about(account).with("reason", "second_factor")));
        // Only what was done has to be looked after: most log-ins are by a code of the app. The entry of a wrong one
        // waits for the next.
        return proof instanceof Proof.Recovery
                ? errands.during(account, () -> store.use(account, spendable, intention, entries))
                : store.use(account, spendable, intention, entries);
    }

    /**
     * Other recovery codes in the place of all that are left; whoever calls has seen a code of the app. The owner is told by mail. Empty when there is
     * no active secret.
     */
    Optional<List<RecoveryCode>> renew(Account account) {
        String sub = account.id().value();
        List<RecoveryCode> codes = RecoveryCode.fresh(ids);
        OwedEntry entry = entry(AuditKind.RECOVERY_CODES_RENEWED, sub);
        OutgoingMail notice = mail.recoveryCodesRenewed(sub, account.email().value(), ids.random());
        return store.find(sub)
                .filter(Enrolment::isActive)
                .filter(known ->
                        errands.during(sub, () -> store.renew(sub, known.sealedSecret(), hashes(codes), notice, entry)))
                .map(known -> codes);
    }

    /** Whoever calls has made sure that the account's owner wants it; who is told by mail all the same. */
    void disable(Account account) {
        String sub = account.id().value();
        OutgoingMail notice = mail.secondFactorDisabled(sub, account.email().value(), ids.random());
        forget(sub, notice, AuditEvent.of(AuditKind.TOTP_DISABLED).about(sub));
    }

    /** By an admin, for an owner who can prove nothing any more. */
    void disable(Account account, String admin) {
        String sub = account.id().value();
        OutgoingMail notice =
                mail.secondFactorDisabledByAdmin(sub, account.email().value(), ids.random());
        forget(sub, notice, AuditEvent.of(AuditKind.TOTP_DISABLED).about(sub).by(admin));
    }

    private void forget(String sub, OutgoingMail notice, AuditEvent event) {
        OwedEntry entry = audit.entry(event);
        errands.during(sub, () -> store.forget(sub, notice, entry));
    }

    private OwedEntry entry(AuditKind kind, String account) {
        return audit.entry(AuditEvent.of(kind).about(account));
    }

    private static List<String> hashes(List<RecoveryCode> codes) {
        return codes.stream().map(RecoveryCode::hash).toList();
    }

    private Optional<Spendable> spendable(String account, Enrolment known, Proof proof) {
        return switch (proof) {
            case Proof.Code(String digits) -> {
                OptionalLong step = secret(account, known).stepOf(digits, clock.instant());
                yield step.isPresent() ? Optional.of(new Spendable.Step(step.getAsLong())) : Optional.empty();
            }
            case Proof.Recovery(RecoveryCode code) -> Optional.of(new Spendable.Hash(code.hash()));
        };
    }

    private List<RecoveryCode> recoveryCodes(String account, Enrolment enrolment, String use) {
        return sealed.derive("recovery-codes", account + ":" + use, enrolment.sealedSecret())
                .map(RecoveryCode::derived)
                .orElseThrow(() -> unreadable(account));
    }

    private TotpSecret secret(String account, Enrolment enrolment) {
        return sealed.decrypt(SEAL, account, enrolment.sealedSecret())
                .map(TotpSecret::new)
                .orElseThrow(() -> unreadable(account));
    }

    private static IllegalStateException unreadable(String account) {
        return new IllegalStateException("no key of data.key opens the second factor of " + account);
    }
}
