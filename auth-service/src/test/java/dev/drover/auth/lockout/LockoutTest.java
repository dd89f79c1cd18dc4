package dev.drover.auth.lockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.account.AccountId;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.lockout.Lockout.Guess;
import dev.drover.auth.lockout.Lockout.Outcome;
import dev.drover.auth.lockout.LockoutStore.Failure;
import dev.drover.auth.lockout.LockoutStore.Standing;
import dev.drover.auth.lockout.LockoutStore.Subject;
import dev.drover.auth.lockout.LockoutStore.Verdict;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.testing.Eventually;

/** A-14, on a real Redis: three wrong passwords are free, ten from an address. */
@ServiceTest
class LockoutTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration JUDGING = Duration.ofMinutes(1);
    private static final LockoutPolicy ACCOUNTS =
            new LockoutPolicy(3, Duration.ofHours(1), Duration.ofHours(3), DAY, JUDGING);
    private static final LockoutPolicy ADDRESSES =
            new LockoutPolicy(10, Duration.ofHours(1), Duration.ofHours(3), DAY, JUDGING);

    @Inject
    LockoutStore store;

    @Inject
    RedisCalls redis;

    @Inject
    Ids ids;

    private static final AccountId ADA = new AccountId("usr_" + "0".repeat(26));

    private final List<AuditEvent> entries = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, AuditEvent> made = new ConcurrentHashMap<>();
    private final AtomicInteger judged = new AtomicInteger();
    private final String email = UUID.randomUUID() + "@example.org";
    private final String network = UUID.randomUUID().toString();
    private final Subject account = Subject.account(email);

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
        LockoutPolicy quick = new LockoutPolicy(1, Duration.ofMillis(60), Duration.ofHours(3), DAY, JUDGING);
        assertThat(failed(quick)).contains(new Verdict(1, false, false));
        assertThat(failed(quick)).contains(new Verdict(2, true, true));
        Eventually.within(Duration.ofSeconds(5)).until(() -> failed(quick).isPresent());
        LockoutPolicy slow = new LockoutPolicy(1, Duration.ofMinutes(1), Duration.ofHours(3), DAY, JUDGING);
        Eventually.within(Duration.ofSeconds(5))
                .until(() -> failed(slow).filter(Verdict::locks).isPresent());
        assertThat(store.begin(account, ids.random(), slow))
                .isInstanceOfSatisfying(Standing.Locked.class, locked -> assertThat(locked.remaining())
                        .isBetween(Duration.ofSeconds(200), Duration.ofMinutes(4)));
    }

    @Test
    void noDelayIsLongerThanTheLongest() {
        LockoutPolicy quick = new LockoutPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), DAY, JUDGING);
        for (int i = 0; i < 60; i++) {
            Eventually.within(Duration.ofSeconds(5)).until(() -> failed(quick).isPresent());
        }
    }

    @Test
    void ofManyAtOnceNoMoreAreJudgedThanOneAfterTheOther() throws Exception {
        try (var threads = Executors.newFixedThreadPool(50)) {
            Callable<Standing> call = () -> store.begin(account, ids.random(), ACCOUNTS);
            List<Standing> standings = threads.invokeAll(Collections.nCopies(50, call)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(standings).filteredOn(Standing.Judged.class::isInstance).hasSize(4);
            assertThat(standings).filteredOn(Standing.Locked.class::isInstance).hasSize(46);
        }
    }

    /** Three are free, and one is judged beyond them. */
    @Test
    void whatIsBeingJudgedCountsAsAFailureUntilItTurnsOutOtherwise() {
        List<String> four = Stream.generate(ids::random).limit(4).toList();
        four.forEach(
                attempt -> assertThat(store.begin(account, attempt, ACCOUNTS)).isInstanceOf(Standing.Judged.class));

        assertThat(store.fail(account, failure(four.getFirst()), ACCOUNTS)).isEqualTo(new Verdict(1, false, false));
        assertThat(store.begin(account, ids.random(), ACCOUNTS)).isInstanceOf(Standing.Locked.class);

        store.forgive(account, four.get(1));
        assertThat(store.begin(account, ids.random(), ACCOUNTS)).isInstanceOf(Standing.Judged.class);
        assertThat(store.begin(account, ids.random(), ACCOUNTS)).isInstanceOf(Standing.Locked.class);
    }

    @Test
    void anAttemptWhoseInstanceDiedIsNotHeldAgainstTheOwner() {
        LockoutPolicy quick =
                new LockoutPolicy(1, Duration.ofHours(1), Duration.ofHours(3), DAY, Duration.ofMillis(60));
        for (int died = 0; died < 5; died++) {
            Eventually.within(Duration.ofSeconds(5))
                    .until(() -> store.begin(account, ids.random(), quick) instanceof Standing.Judged);
        }
        Eventually.within(Duration.ofSeconds(5)).until(() -> failed(quick).isPresent());
        Eventually.within(Duration.ofSeconds(5)).until(() -> right(lockout(quick)) instanceof Outcome.Proven);
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
            lockout.attempt(new Guess(UUID.randomUUID() + "@example.org", network), Optional::empty);
        }
        assertThat(entries).containsExactly(AuditEvent.of(AuditKind.LOCKED_OUT).with("by", "address"));
    }

    @Test
    void aFailureLeavesItsEntryInTheSameStepAndWhoeverTriesNextCarriesIt() {
        AuditEvent failed = AuditEvent.of(AuditKind.LOGIN_FAILED).with("reason", "password");
        Guess guess = new Guess(email, network, Optional.of(failed));
        Lockout dying = lockout(ACCOUNTS, new DyingBeforeItCarries());
        assertThatThrownBy(() -> dying.attempt(guess, Optional::empty)).isInstanceOf(StoreUnavailableException.class);
        assertThat(entries).isEmpty();

        assertThat(right(lockout(ACCOUNTS))).isInstanceOf(Outcome.Proven.class);
        assertThat(entries).containsExactly(failed.about(ADA.value()));
    }

    @Test
    void anAttemptThatIsNotJudgedHasItsEntryToo() {
        AuditEvent failed = AuditEvent.of(AuditKind.LOGIN_FAILED).with("reason", "password");
        Lockout lockout = lockout(ACCOUNTS);
        wrong(lockout, 4);
        entries.clear();
        lockout.attempt(new Guess(email, network, Optional.of(failed)), () -> Optional.of("proof"));
        assertThat(entries).containsExactly(failed.about(ADA.value()));
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

    @Test
    void delaysMustFitTogether() {
        assertThatThrownBy(() -> new LockoutPolicy(1, Duration.ofHours(2), Duration.ofHours(1), DAY, JUDGING))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LockoutPolicy(1, Duration.ofHours(2), Duration.ofDays(2), DAY, JUDGING))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Lockout lockout(LockoutPolicy accounts) {
        return lockout(accounts, new Remembered());
    }

    private Lockout lockout(LockoutPolicy accounts, AuditLog audit) {
        return new Lockout(
                store, accounts, ADDRESSES, known -> Optional.of(ADA), audit, ids, new SimpleMeterRegistry());
    }

    /** Of one attempt; empty when it was not judged. */
    private Optional<Verdict> failed(LockoutPolicy policy) {
        String attempt = ids.random();
        return store.begin(account, attempt, policy) instanceof Standing.Judged
                ? Optional.of(store.fail(account, failure(attempt), policy))
                : Optional.empty();
    }

    private Failure failure(String attempt) {
        return new Failure(Optional.of(attempt), new OwedEntry(ids.random(), "a lock", ""), Optional.empty());
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

    /** Knows the events it made entries of, and takes to the log what scripts left. */
    private class Remembered implements AuditLog {

        @Override
        public OwedEntry entry(AuditEvent event) {
            String id = ids.random();
            made.put(id, event);
            return new OwedEntry(id, event.kind().word(), "");
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
            for (Response left : redis.send(Command.XRANGE, AuditKeys.of(owner), "-", "+")) {
                entries.add(made.get(left.get(1).get(1).toString()));
            }
            redis.send(Command.DEL, AuditKeys.of(owner));
        }
    }

    private final class DyingBeforeItCarries extends Remembered {

        @Override
        public void carry(String owner) {
            throw new StoreUnavailableException("Redis", null);
        }
    }
}
