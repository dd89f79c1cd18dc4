package dev.drover.auth.lockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.lockout.Lockout.Guess;
import dev.drover.auth.lockout.Lockout.Outcome;
import dev.drover.auth.lockout.LockoutStore.Failure;
import dev.drover.auth.lockout.LockoutStore.Standing;
import dev.drover.auth.lockout.LockoutStore.Subject;
import dev.drover.auth.lockout.LockoutStore.Verdict;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.Eventually;

/** A-14, on a real Redis: who is judged, and who waits for how long. */
@ServiceTest
class RedisLockoutStoreTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration JUDGING = Duration.ofMinutes(1);
    private static final LockoutPolicy THREE_FREE =
            new LockoutPolicy(3, Duration.ofHours(1), Duration.ofHours(3), DAY, JUDGING);

    @Inject
    LockoutStore store;

    @Inject
    Ids ids;

    @Inject
    RedisCalls redis;

    private final String email = UUID.randomUUID() + "@example.org";
    private final Subject account = Subject.account(email);

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
            Callable<Standing> call = () -> store.begin(account, ids.random(), THREE_FREE);
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
                attempt -> assertThat(store.begin(account, attempt, THREE_FREE)).isInstanceOf(Standing.Judged.class));

        assertThat(store.fail(account, failure(four.getFirst()), THREE_FREE)).isEqualTo(new Verdict(1, false, false));
        assertThat(store.begin(account, ids.random(), THREE_FREE)).isInstanceOf(Standing.Locked.class);

        store.forgive(account, four.get(1));
        assertThat(store.begin(account, ids.random(), THREE_FREE)).isInstanceOf(Standing.Judged.class);
        assertThat(store.begin(account, ids.random(), THREE_FREE)).isInstanceOf(Standing.Locked.class);
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
        Eventually.within(Duration.ofSeconds(5)).until(() -> proven(quick));
    }

    @Test
    void delaysMustFitTogether() {
        assertThatThrownBy(() -> new LockoutPolicy(1, Duration.ofHours(2), Duration.ofHours(1), DAY, JUDGING))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LockoutPolicy(1, Duration.ofHours(2), Duration.ofDays(2), DAY, JUDGING))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private boolean proven(LockoutPolicy policy) {
        AuditLog audit = new RememberedEntries(redis, ids);
        Lockout lockout =
                new Lockout(store, policy, policy, known -> Optional.empty(), audit, ids, new SimpleMeterRegistry());
        Guess guess = new Guess(email, UUID.randomUUID().toString());
        return lockout.attempt(guess, () -> Optional.of("proof")) instanceof Outcome.Proven;
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
}
