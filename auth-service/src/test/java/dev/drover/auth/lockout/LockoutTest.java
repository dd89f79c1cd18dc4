package dev.drover.auth.lockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.account.AccountId;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.lockout.Lockout.Outcome;
import dev.drover.auth.lockout.LockoutStore.Subject;
import dev.drover.auth.lockout.LockoutStore.Verdict;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.testing.Eventually;

/** A-14, on a real Redis: three wrong passwords are free, ten from an address. */
@ServiceTest
class LockoutTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final LockoutPolicy ACCOUNTS = new LockoutPolicy(3, Duration.ofHours(1), Duration.ofHours(3), DAY);
    private static final LockoutPolicy ADDRESSES = new LockoutPolicy(10, Duration.ofHours(1), Duration.ofHours(3), DAY);

    @Inject
    LockoutStore store;

    private static final AccountId ADA = new AccountId("usr_" + "0".repeat(26));

    private final List<AuditEvent> entries = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger judged = new AtomicInteger();
    private final String email = UUID.randomUUID() + "@example.org";
    private final String network = UUID.randomUUID().toString();

    @Test
    void aFewWrongPasswordsAreFreeAndTheRightOneForgetsThem() {
        Lockout lockout = lockout(ACCOUNTS);
        for (int round = 0; round < 3; round++) {
            wrong(lockout, 3);
            assertThat(right(lockout)).isInstanceOf(Outcome.Proven.class);
        }
    }

    @Test
    void whileAnAccountIsLockedTheRightPasswordIsAnsweredAsAWrongOneIsAndCostsTheSame() {
        Lockout lockout = lockout(ACCOUNTS);
        wrong(lockout, 3);
        assertThat(attempt(lockout, false)).isEqualTo(new Outcome.Refused<>());
        int before = judged.get();
        assertThat(right(lockout)).isEqualTo(attempt(lockout, false)).isEqualTo(new Outcome.Refused<>());
        assertThat(judged.get()).isEqualTo(before + 2);
    }

    @Test
    void aLockEndsByItselfAndTheNextOneIsTwiceAsLong() {
        LockoutPolicy quick = new LockoutPolicy(1, Duration.ofMillis(60), Duration.ofHours(3), DAY);
        Subject subject = Subject.account(email);
        assertThat(store.count(subject, quick)).isEqualTo(new Verdict.Open(1));
        assertThat(store.count(subject, quick)).isEqualTo(new Verdict.Locking(2));
        Eventually.within(Duration.ofSeconds(5)).until(() -> store.count(subject, quick) instanceof Verdict.Locking);
        LockoutPolicy slow = new LockoutPolicy(1, Duration.ofMinutes(1), Duration.ofHours(3), DAY);
        Eventually.within(Duration.ofSeconds(5))
                .until(() -> store.count(subject, slow).equals(new Verdict.Locking(4)));
        assertThat(store.count(subject, slow))
                .isInstanceOfSatisfying(Verdict.Locked.class, locked -> assertThat(locked.remaining())
                        .isBetween(Duration.ofSeconds(200), Duration.ofMinutes(4)));
    }

    @Test
    void noDelayIsLongerThanTheLongest() {
        Subject subject = Subject.account(email);
        LockoutPolicy quick = new LockoutPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), DAY);
        for (int i = 0; i < 60; i++) {
            Eventually.within(Duration.ofSeconds(5))
                    .until(() -> !(store.count(subject, quick) instanceof Verdict.Locked));
        }
    }

    @Test
    void ofManyAtOnceNoMoreAreJudgedThanOneAfterTheOther() throws Exception {
        Subject subject = Subject.account(email);
        try (var threads = Executors.newFixedThreadPool(50)) {
            Callable<Verdict> call = () -> store.count(subject, ACCOUNTS);
            List<Verdict> verdicts = threads.invokeAll(Collections.nCopies(50, call)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(verdicts).filteredOn(Verdict.Open.class::isInstance).hasSize(3);
            assertThat(verdicts).filteredOn(Verdict.Locking.class::isInstance).hasSize(1);
            assertThat(verdicts).filteredOn(Verdict.Locked.class::isInstance).hasSize(46);
        }
    }

    @Test
    void whoGuessesAtManyAccountsFromOneAddressWaitsToo() {
        Lockout lockout = lockout(ACCOUNTS);
        for (int i = 0; i < 11; i++) {
            lockout.attempt(UUID.randomUUID() + "@example.org", network, Optional::empty);
        }
        assertThat(right(lockout)).isInstanceOf(Outcome.Refused.class);
        assertThat(lockout.attempt(email, "another network", () -> Optional.of("proof")))
                .isInstanceOf(Outcome.Proven.class);
    }

    /** Behind one address may be a whole office; nobody there is guessing. */
    @Test
    void manyWhoLogInAtOnceFromOneAddressAreNotTakenForGuesses() throws Exception {
        int people = ADDRESSES.free() * 3;
        Lockout lockout = lockout(ACCOUNTS);
        CountDownLatch allCounted = new CountDownLatch(people);
        Callable<Outcome<String>> logIn = () -> lockout.attempt(UUID.randomUUID() + "@example.org", network, () -> {
            allCounted.countDown();
            await(allCounted);
            return Optional.of("proof");
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(Collections.nCopies(people, logIn)))
                    .extracting(Future::resultNow)
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Proven.class));
        }
        assertThat(entries).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyLockThatBeginsHasItsEntry() {
        Lockout lockout = lockout(ACCOUNTS);
        wrong(lockout, 5);
        assertThat(entries)
                .containsExactly(
                        AuditEvent.of(AuditKind.LOCKED_OUT).about(ADA.value()).with("by", "account"));
        entries.clear();
        for (int i = 0; i < 12; i++) {
            lockout.attempt(UUID.randomUUID() + "@example.org", network, Optional::empty);
        }
        assertThat(entries).containsExactly(AuditEvent.of(AuditKind.LOCKED_OUT).with("by", "address"));
    }

    @Test
    void successAtOnesOwnAccountDoesNotWipeOutWhatTheAddressDidToOthers() {
        Lockout lockout = lockout(ACCOUNTS);
        for (int i = 0; i < 10; i++) {
            lockout.attempt(UUID.randomUUID() + "@example.org", network, Optional::empty);
            assertThat(right(lockout)).isInstanceOf(Outcome.Proven.class);
        }
        lockout.attempt(UUID.randomUUID() + "@example.org", network, Optional::empty);
        assertThat(right(lockout)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void anUnlockedAccountIsOpenAtOnce() {
        Lockout lockout = lockout(ACCOUNTS);
        wrong(lockout, 5);
        lockout.unlock(email);
        assertThat(right(lockout)).isInstanceOf(Outcome.Proven.class);
    }

    @Test
    void whatCouldNotBeJudgedDoesNotCount() {
        Lockout lockout = lockout(ACCOUNTS);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> lockout.attempt(email, network, () -> {
                        throw new ServiceException(PlatformError.OVERLOADED, "Too many at once.");
                    }))
                    .isInstanceOf(ServiceException.class);
        }
        assertThat(right(lockout)).isInstanceOf(Outcome.Proven.class);
    }

    @Test
    void delaysMustFitTogether() {
        assertThatThrownBy(() -> new LockoutPolicy(1, Duration.ofHours(2), Duration.ofHours(1), DAY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LockoutPolicy(1, Duration.ofHours(2), Duration.ofDays(2), DAY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Lockout lockout(LockoutPolicy accounts) {
        return new Lockout(
                store,
                accounts,
                ADDRESSES,
                known -> Optional.of(ADA),
                new Remembered(entries),
                new SimpleMeterRegistry());
    }

    private void wrong(Lockout lockout, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(attempt(lockout, false)).isInstanceOf(Outcome.Refused.class);
        }
    }

    private Outcome<String> right(Lockout lockout) {
        return attempt(lockout, true);
    }

    private Outcome<String> attempt(Lockout lockout, boolean right) {
        return lockout.attempt(email, network, () -> {
            judged.incrementAndGet();
            return right ? Optional.of("proof") : Optional.empty();
        });
    }

    private record Remembered(List<AuditEvent> entries) implements AuditLog {

        @Override
        public OwedEntry entry(AuditEvent event) {
            throw new IllegalStateException("a lock-out is no change of an account");
        }

        @Override
        public void appendAhead(AuditEvent event) {
            entries.add(event);
        }

        @Override
        public void append(AuditEvent event) {
            entries.add(event);
        }

        @Override
        public void appendOnce(String name, AuditEvent event) {
            entries.add(event);
        }

        @Override
        public void carry(String owner) {
            throw new IllegalStateException("a lock-out leaves nothing in a session");
        }
    }
}
