package dev.drover.auth.lockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.account.AccountId;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.lockout.Lockout.Guess;
import dev.drover.auth.lockout.Lockout.Outcome;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.StoreUnavailableException;

/** A-14, on a real Redis, and what is written down of it: three wrong passwords are free, ten from an address. */
@ServiceTest
class LockoutTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration JUDGING = Duration.ofMinutes(1);
    private static final LockoutPolicy ACCOUNTS =
            new LockoutPolicy(3, Duration.ofHours(1), Duration.ofHours(3), DAY, JUDGING);
    private static final LockoutPolicy ADDRESSES =
            new LockoutPolicy(10, Duration.ofHours(1), Duration.ofHours(3), DAY, JUDGING);

    private static final AccountId ADA = new AccountId("usr_" + "0".repeat(26));

    @Inject
    LockoutStore store;

    @Inject
    RedisCalls redis;

    @Inject
    Ids ids;

    private RememberedEntries audit;
    private final AtomicInteger judged = new AtomicInteger();
    private final String email = UUID.randomUUID() + "@example.org";
    private final String network = UUID.randomUUID().toString();

    @BeforeEach
    void beginALog() {
        audit = new RememberedEntries(redis, ids);
    }

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
    void whoGuessesAtManyAccountsFromOneAddressWaitsToo() {
        Lockout lockout = lockout(ACCOUNTS);
        for (int i = 0; i < 11; i++) {
            lockout.attempt(new Guess(UUID.randomUUID() + "@example.org", network), Optional::empty);
        }
        assertThat(right(lockout)).isInstanceOf(Outcome.Refused.class);
        assertThat(lockout.attempt(new Guess(email, "another network"), () -> Optional.of("proof")))
                .isInstanceOf(Outcome.Proven.class);
    }

    /** Behind one address may be a whole office; nobody there is guessing. */
    @Test
    void manyWhoLogInAtOnceFromOneAddressAreNotTakenForGuesses() throws Exception {
        int people = ADDRESSES.free() * 3;
        Lockout lockout = lockout(ACCOUNTS);
        CountDownLatch allCounted = new CountDownLatch(people);
        Callable<Outcome<String>> logIn =
                () -> lockout.attempt(new Guess(UUID.randomUUID() + "@example.org", network), () -> {
                    allCounted.countDown();
                    await(allCounted);
                    return Optional.of("proof");
                });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(Collections.nCopies(people, logIn)))
                    .extracting(Future::resultNow)
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Proven.class));
        }
        assertThat(audit.entries()).isEmpty();
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
        assertThat(audit.entries())
                .containsExactly(
                        AuditEvent.of(AuditKind.LOCKED_OUT).about(ADA.value()).with("by", "account"));
        audit.entries().clear();
        for (int i = 0; i < 12; i++) {
            lockout.attempt(new Guess(UUID.randomUUID() + "@example.org", network), Optional::empty);
        }
        assertThat(audit.entries())
                .containsExactly(AuditEvent.of(AuditKind.LOCKED_OUT).with("by", "address"));
    }

    @Test
    void aFailureLeavesItsEntryInTheSameStepAndWhoeverTriesNextCarriesIt() {
        AuditEvent failed = AuditEvent.of(AuditKind.LOGIN_FAILED).with("reason", "password");
        Guess guess = new Guess(email, network, Optional.of(failed));
        Lockout dying = lockout(ACCOUNTS, audit.ofOneThatDies());
        assertThatThrownBy(() -> dying.attempt(guess, Optional::empty)).isInstanceOf(StoreUnavailableException.class);
        assertThat(audit.entries()).isEmpty();

        assertThat(right(lockout(ACCOUNTS))).isInstanceOf(Outcome.Proven.class);
        assertThat(audit.entries()).containsExactly(failed.about(ADA.value()));
    }

    @Test
    void anAttemptThatIsNotJudgedHasItsEntryToo() {
        AuditEvent failed = AuditEvent.of(AuditKind.LOGIN_FAILED).with("reason", "password");
        Lockout lockout = lockout(ACCOUNTS);
        wrong(lockout, 4);
        audit.entries().clear();
        lockout.attempt(new Guess(email, network, Optional.of(failed)), () -> Optional.of("proof"));
        assertThat(audit.entries()).containsExactly(failed.about(ADA.value()));
    }

    @Test
    void successAtOnesOwnAccountDoesNotWipeOutWhatTheAddressDidToOthers() {
        Lockout lockout = lockout(ACCOUNTS);
        for (int i = 0; i < 10; i++) {
            lockout.attempt(new Guess(UUID.randomUUID() + "@example.org", network), Optional::empty);
            assertThat(right(lockout)).isInstanceOf(Outcome.Proven.class);
        }
        lockout.attempt(new Guess(UUID.randomUUID() + "@example.org", network), Optional::empty);
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
            assertThatThrownBy(() -> lockout.attempt(new Guess(email, network), () -> {
                        throw new ServiceException(PlatformError.OVERLOADED, "Too many at once.");
                    }))
                    .isInstanceOf(ServiceException.class);
        }
        assertThat(right(lockout)).isInstanceOf(Outcome.Proven.class);
    }

    private Lockout lockout(LockoutPolicy accounts) {
        return lockout(accounts, audit);
    }

    private Lockout lockout(LockoutPolicy accounts, AuditLog log) {
        return new Lockout(store, accounts, ADDRESSES, known -> Optional.of(ADA), log, ids, new SimpleMeterRegistry());
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
        return lockout.attempt(new Guess(email, network), () -> {
            judged.incrementAndGet();
            return right ? Optional.of("proof") : Optional.empty();
        });
    }
}
