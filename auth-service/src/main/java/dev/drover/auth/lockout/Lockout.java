package dev.drover.auth.lockout;

import java.util.Optional;
import java.util.function.Supplier;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

import dev.drover.auth.lockout.LockoutStore.Subject;
import dev.drover.auth.lockout.LockoutStore.Verdict;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.redis.StoreUnavailableException;

/**
 * Makes those who guess passwords wait longer and longer, by the account they guess at and by where they come from. While an account or
 * an address is locked, every attempt fails: the proof is computed all the same, so that neither answer nor time tells a right password,
 * or that there is a lock at all.
 */
@Singleton
public final class Lockout {

    private final LockoutStore store;
    private final LockoutPolicy ofAccounts;
    private final LockoutPolicy ofAddresses;
    private final MeterRegistry meters;

    @Inject
    Lockout(LockoutStore store, LockoutConfig config, MeterRegistry meters) {
        this(store, LockoutPolicy.ofAccounts(config), LockoutPolicy.ofAddresses(config), meters);
    }

    Lockout(LockoutStore store, LockoutPolicy ofAccounts, LockoutPolicy ofAddresses, MeterRegistry meters) {
        this.store = store;
        this.ofAccounts = ofAccounts;
        this.ofAddresses = ofAddresses;
        this.meters = meters;
    }

    /** What came of an attempt. */
    public sealed interface Outcome<T> {

        record Proven<T>(T proof) implements Outcome<T> {}

        /** @param locks whether it is this attempt that made the account wait from now on */
        record Refused<T>(boolean locks) implements Outcome<T> {}
    }

    /**
     * @param email what was given as the account's address, whether there is one or not
     * @param network where the attempt comes from
     * @param proof empty when it fails; always asked
     */
    public <T> Outcome<T> attempt(String email, String network, Supplier<Optional<T>> proof) {
        Subject account = Subject.account(email);
        Subject address = Subject.address(network);
        Verdict ofAddress = store.count(address, ofAddresses);
        // What cannot succeed because of where it comes from is not held against the account.
        Verdict ofAccount = ofAddress instanceof Verdict.Locked ? ofAddress : store.count(account, ofAccounts);
        Optional<T> proven;
        try {
            proven = proof.get();
        } catch (ServiceException | StoreUnavailableException notJudged) {
            forgive(account, ofAccount);
            forgive(address, ofAddress);
            throw notJudged;
        }
        boolean isLocked = ofAccount instanceof Verdict.Locked || ofAddress instanceof Verdict.Locked;
        if (proven.isPresent() && !isLocked) {
            store.clear(account);
            store.forgive(address, ofAddress);
            return new Outcome.Proven<>(proven.get());
        }
        if (ofAccount instanceof Verdict.Locking) {
            meters.counter("drover.auth.lockouts", "by", "account").increment();
        }
        if (ofAddress instanceof Verdict.Locking) {
            meters.counter("drover.auth.lockouts", "by", "address").increment();
        }
        return new Outcome.Refused<>(ofAccount instanceof Verdict.Locking);
    }

    private void forgive(Subject subject, Verdict verdict) {
        if (!(verdict instanceof Verdict.Locked)) {
            store.forgive(subject, verdict);
        }
    }

    /** Unlocks an account: an admin did, or its owner proved by mail who they are. */
    public void unlock(String email) {
        store.clear(Subject.account(email));
    }
}
