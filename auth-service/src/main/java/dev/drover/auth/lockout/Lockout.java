package dev.drover.auth.lockout;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.Accounts;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.lockout.LockoutStore.Failure;
import dev.drover.auth.lockout.LockoutStore.Standing;
import dev.drover.auth.lockout.LockoutStore.Subject;
import dev.drover.auth.lockout.LockoutStore.Verdict;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.redis.StoreUnavailableException;

/**
 * Makes those who guess passwords wait longer and longer, by the account they guess at and by where they come from. While an account or
 * an address is locked, every attempt fails: the proof is computed all the same, so that neither answer nor time tells a right password,
 * or that there is a lock at all.
 *
 * <p>Attempts at an account count from before they are judged: a guesser who sends many at once gets no more judged. Those from an address
 * are counted once they have failed: behind one address many people may log in at the same moment, and none of them is guessing.
 */
@Singleton
public final class Lockout {

    private final LockoutStore store;
    private final LockoutPolicy ofAccounts;
    private final LockoutPolicy ofAddresses;
    private final Function<String, Optional<AccountId>> holders;
    private final AuditLog audit;
    private final Ids ids;
    private final MeterRegistry meters;

    @Inject
    Lockout(
            LockoutStore store,
            LockoutConfig config,
            Accounts accounts,
            AuditLog audit,
            Ids ids,
            MeterRegistry meters) {
        this(
                store,
                LockoutPolicy.ofAccounts(config),
                LockoutPolicy.ofAddresses(config),
                accounts::holder,
                audit,
                ids,
                meters);
    }

    Lockout(
            LockoutStore store,
            LockoutPolicy ofAccounts,
            LockoutPolicy ofAddresses,
            Function<String, Optional<AccountId>> holders,
            AuditLog audit,
            Ids ids,
            MeterRegistry meters) {
        this.store = store;
        this.ofAccounts = ofAccounts;
        this.ofAddresses = ofAddresses;
        this.holders = holders;
        this.audit = audit;
        this.ids = ids;
        this.meters = meters;
    }

    /** What came of an attempt. */
    public sealed interface Outcome<T> {

        record Proven<T>(T proof) implements Outcome<T> {}

        record Refused<T>() implements Outcome<T> {}
    }

    /**
     * @param email   what was given as the account's address, whether there is one or not
     * @param network where the attempt comes from
     * @param failure what is written down when it fails; the account is added
     */
    public record Guess(String email, String network, Optional<AuditEvent> failure) {

        public Guess(String email, String network) {
            this(email, network, Optional.empty());
        }
    }

    /** @param proof empty when it fails; always asked */
    public <T> Outcome<T> attempt(Guess guess, Supplier<Optional<T>> proof) {
        Subject account = Subject.account(guess.email());
        // What cannot succeed because of where it comes from is not held against the account.
        boolean isAddressLocked = store.isLocked(Subject.address(guess.network()));
        Optional<String> attempt = isAddressLocked ? Optional.empty() : begun(account);
        Optional<T> proven;
        try {
            proven = proof.get();
        } catch (ServiceException | StoreUnavailableException notJudged) {
            attempt.ifPresent(id -> store.forgive(account, id));
            throw notJudged;
        }
        if (attempt.isPresent() && proven.isPresent()) {
            store.clear(account);
            return new Outcome.Proven<>(proven.get());
        }
        refused(guess, attempt, isAddressLocked);
        return new Outcome.Refused<>();
    }

    /** Empty when it cannot succeed. */
    private Optional<String> begun(Subject account) {
        String attempt = ids.random();
        Standing standing = store.begin(account, attempt, ofAccounts);
        if (standing.owesEntries()) {
            audit.carry(LockoutKeys.owner(account));
        }
        return switch (standing) {
            case Standing.Judged judged -> Optional.of(attempt);
            case Standing.Locked locked -> Optional.empty();
        };
    }

    private void refused(Guess guess, Optional<String> attempt, boolean isAddressLocked) {
        Optional<AccountId> holder = holders.apply(guess.email());
        Optional<AuditEvent> entry = guess.failure().map(event -> about(holder, event));
        if (attempt.isPresent()) {
            fail(Subject.account(guess.email()), ofAccounts, attempt, holder, entry);
        } else {
            // It changes nothing of the account's.
            entry.ifPresent(audit::append);
        }
        if (!isAddressLocked) {
            fail(Subject.address(guess.network()), ofAddresses, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    private void fail(
            Subject subject,
            LockoutPolicy policy,
            Optional<String> attempt,
            Optional<AccountId> holder,
            Optional<AuditEvent> entry) {
        String by = subject.kind().name().toLowerCase(Locale.ROOT);
        AuditEvent lock = about(holder, AuditEvent.of(AuditKind.LOCKED_OUT).with("by", by));
        Verdict verdict = store.fail(subject, new Failure(attempt, audit.entry(lock), entry.map(audit::entry)), policy);
        if (verdict.locks()) {
            meters.counter("drover.auth.lockouts", "by", by).increment();
        }
        if (verdict.owesEntries()) {
            audit.carry(LockoutKeys.owner(subject));
        }
    }

    private static AuditEvent about(Optional<AccountId> holder, AuditEvent event) {
        return holder.map(id -> event.about(id.value())).orElse(event);
    }

    /** Unlocks an account: an admin did, or its owner proved by mail who they are. */
    public void unlock(String email) {
        store.clear(Subject.account(email));
    }
}
