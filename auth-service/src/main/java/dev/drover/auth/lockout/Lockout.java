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
import dev.drover.auth.lockout.LockoutStore.Subject;
import dev.drover.auth.lockout.LockoutStore.Verdict;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.redis.StoreUnavailableException;

/**
 * Makes those who guess passwords wait longer and longer, by the account they guess at and by where they come from. While an account or
 * an address is locked, every attempt fails: the proof is computed all the same, so that neither answer nor time tells a right password,
 * or that there is a lock at all.
 *
 * <p>Attempts at an account are counted before they are judged: a guesser who sends many at once gets no more judged. Those from an address
 * are counted once they have failed: behind one address many people may log in at the same moment, and none of them is guessing.
 */
@Singleton
public final class Lockout {

    private final LockoutStore store;
    private final LockoutPolicy ofAccounts;
    private final LockoutPolicy ofAddresses;
    private final Function<String, Optional<AccountId>> holders;
    private final AuditLog audit;
    private final MeterRegistry meters;

    @Inject
    Lockout(LockoutStore store, LockoutConfig config, Accounts accounts, AuditLog audit, MeterRegistry meters) {
        this(
                store,
                LockoutPolicy.ofAccounts(config),
                LockoutPolicy.ofAddresses(config),
                accounts::holder,
                audit,
                meters);
    }

    Lockout(
            LockoutStore store,
            LockoutPolicy ofAccounts,
            LockoutPolicy ofAddresses,
            Function<String, Optional<AccountId>> holders,
            AuditLog audit,
            MeterRegistry meters) {
        this.store = store;
        this.ofAccounts = ofAccounts;
        this.ofAddresses = ofAddresses;
        this.holders = holders;
        this.audit = audit;
        this.meters = meters;
    }

    /** What came of an attempt. */
    public sealed interface Outcome<T> {

        record Proven<T>(T proof) implements Outcome<T> {}

        record Refused<T>() implements Outcome<T> {}
    }

    /**
     * @param email what was given as the account's address, whether there is one or not
     * @param network where the attempt comes from
     * @param proof empty when it fails; always asked
     */
    public <T> Outcome<T> attempt(String email, String network, Supplier<Optional<T>> proof) {
        Subject account = Subject.account(email);
        Subject address = Subject.address(network);
        // What cannot succeed because of where it comes from is not held against the account.
        boolean isAddressLocked = store.isLocked(address);
        Optional<Verdict> counted = isAddressLocked ? Optional.empty() : Optional.of(store.count(account, ofAccounts));
        Optional<T> proven;
        try {
            proven = proof.get();
        } catch (ServiceException | StoreUnavailableException notJudged) {
            counted.filter(verdict -> !(verdict instanceof Verdict.Locked))
                    .ifPresent(verdict -> store.forgive(account, verdict));
            throw notJudged;
        }
        if (isAddressLocked) {
            return new Outcome.Refused<>();
        }
        if (proven.isPresent() && !(counted.get() instanceof Verdict.Locked)) {
            store.clear(account);
            return new Outcome.Proven<>(proven.get());
        }
        if (counted.get() instanceof Verdict.Locking) {
            begun(account, holders.apply(email));
        }
        if (store.count(address, ofAddresses) instanceof Verdict.Locking) {
            begun(address, Optional.empty());
        }
        return new Outcome.Refused<>();
    }

    private void begun(Subject subject, Optional<AccountId> holder) {
        String by = subject.kind().name().toLowerCase(Locale.ROOT);
        meters.counter("drover.auth.lockouts", "by", by).increment();
        AuditEvent event = AuditEvent.of(AuditKind.LOCKED_OUT).with("by", by);
        audit.append(holder.map(id -> event.about(id.value())).orElse(event));
    }

    /** Unlocks an account: an admin did, or its owner proved by mail who they are. */
    public void unlock(String email) {
        store.clear(Subject.account(email));
    }
}
