package dev.drover.auth.mfa;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.inject.Singleton;

import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.mfa.MfaStore.Enrolment;
import dev.drover.auth.mfa.MfaStore.Spendable;
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
    private final Ids ids;
    private final Clock clock;

    SecondFactor(MfaStore store, SealedData sealed, AuditLog audit, Ids ids, Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** How a check ended. */
    public sealed interface Check {
        record Passed() implements Check {}

        /** The account has a second factor and none was shown. */
        record Required() implements Check {}

        record Wrong() implements Check {}

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
        List<String> hashes = codes.stream().map(RecoveryCode::hash).toList();
        // Of an active one the store only says whether it was this very request that confirmed it.
        return switch (store.confirm(account, found.sealedSecret(), step.orElse(0), hashes, use)) {
            case CONFIRMED -> {
                audit.append(AuditEvent.of(AuditKind.TOTP_ENABLED).about(account));
                yield new Confirmed.Now(codes);
            }
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
        return switch (store.use(account, spendable(account, known.get(), proof.get()), intention)) {
            case Verdict.Accepted accepted -> {
                if (proof.get() instanceof Proof.Recovery) {
                    audit.append(AuditEvent.of(AuditKind.RECOVERY_CODE_USED).about(account));
                }
                yield new Check.Passed();
            }
            case Verdict.Wrong wrong -> {
                audit.append(
                        AuditEvent.of(AuditKind.LOGIN_FAILED).about(account).with("reason", "second_factor"));
                yield new Check.Wrong();
            }
            case Verdict.Paused(Duration remaining) -> new Check.Paused(remaining);
            case Verdict.Absent absent -> new Check.Passed();
        };
    }

    /** Whoever calls has made sure that the account's owner wants it. */
    void disable(String account) {
        if (store.forget(account)) {
            audit.append(AuditEvent.of(AuditKind.TOTP_DISABLED).about(account));
        }
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
