package dev.drover.auth.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.mail.MailKeys;
import dev.drover.auth.mail.OutgoingMail;
import dev.drover.auth.mfa.MfaStore.Confirmation;
import dev.drover.auth.mfa.MfaStore.Enrolment;
import dev.drover.auth.mfa.MfaStore.Spendable;
import dev.drover.auth.mfa.MfaStore.UseEntries;
import dev.drover.auth.mfa.MfaStore.Verdict;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.mail.Letter;
import dev.drover.platform.mail.LetterKey;
import dev.drover.platform.redis.RedisCalls;

/** a step counts once and none before it afterwards; a recovery code counts once; guesses are bounded. */
@ServiceTest
class RedisMfaStoreTest {

    private static final MfaPolicy POLICY =
            new MfaPolicy(3, Duration.ofMinutes(1), Duration.ofMinutes(3), Duration.ofMinutes(15));
    private static final Duration RETENTION = Duration.ofSeconds(30);
    private static final OwedEntry ENTRY = new OwedEntry("an id", "what happened", "seal");
    private static final Verdict ACCEPTED = new Verdict.Accepted();
    private static final Verdict WRONG = new Verdict.Wrong();

    @Inject
    RedisCalls redis;

    @Inject
    Ids ids;

    private MfaStore store;
    private String account;

    @BeforeEach
    void prepare() {
        store = new RedisMfaStore(redis, POLICY, RETENTION);
        account = "usr_" + ids.random();
    }

    @Test
    void aSecretThatIsNotConfirmedIsReplacedAndForgotten() {
        assertThat(store.find(account)).isEmpty();
        assertThat(store.enrol(account, "first")).isTrue();
        assertThat(store.enrol(account, "second")).isTrue();
        assertThat(store.find(account)).contains(new Enrolment(false, "second", 0));
        assertThat(redis.send(Command.PTTL, MfaKeys.mfa(account)).toLong()).isBetween(890_000L, 900_000L);
        assertThat(confirm(account, "first", 7, List.of())).isEqualTo(Confirmation.ABSENT);
        assertThat(use(8)).isEqualTo(new Verdict.Absent());
    }

    @Test
    void aConfirmedSecretStays() {
        activate();
        assertThat(store.find(account)).contains(new Enrolment(true, "secret", 2));
        assertThat(store.enrol(account, "other")).isFalse();
        assertThat(confirm(account, "secret", 7, List.of())).isEqualTo(Confirmation.ACTIVE);
        assertThat(redis.send(Command.PTTL, MfaKeys.mfa(account)).toLong()).isEqualTo(-1);
        assertThat(forget(account)).isTrue();
        assertThat(forget(account)).isFalse();
        assertThat(confirm(account, "secret", 7, List.of())).isEqualTo(Confirmation.ABSENT);
    }

    @Test
    void aConfirmationIsKnownByItsRequestForAWhileAndByNoOther() {
        assertThat(store.enrol(account, "secret")).isTrue();
        assertThat(confirm(store, "request")).isEqualTo(Confirmation.CONFIRMED);
        assertThat(confirm(store, "request")).isEqualTo(Confirmation.CONFIRMED);
        assertThat(confirm(store, "another")).isEqualTo(Confirmation.ACTIVE);
        assertThat(store.find(account)).contains(new Enrolment(true, "secret", 1));

        MfaStore forgetful = new RedisMfaStore(redis, POLICY, Duration.ZERO);
        assertThat(confirm(forgetful, "request")).isEqualTo(Confirmation.ACTIVE);
    }

    private Confirmation confirm(MfaStore asked, String request) {
        return asked.confirm(account, "secret", 7, List.of("a"), Optional.of(request), ENTRY);
    }

    @Test
    void aStepCountsOnceAndNoneBeforeIt() {
        activate();
        assertThat(use(7)).as("it confirmed").isEqualTo(WRONG);
        assertThat(use(9)).isEqualTo(ACCEPTED);
        assertThat(use(9)).isEqualTo(WRONG);
        assertThat(use(8)).isEqualTo(WRONG);
    }

    @Test
    void ofManyAtOnceOneSpendsTheStep() throws Exception {
        activate();
        store = new RedisMfaStore(
                redis,
                new MfaPolicy(100, POLICY.firstPause(), POLICY.longestPause(), POLICY.confirmWithin()),
                RETENTION);
        List<Callable<Verdict>> calls =
                Stream.<Callable<Verdict>>generate(() -> () -> use(9)).limit(16).toList();
        try (var threads = Executors.newFixedThreadPool(16)) {
            assertThat(threads.invokeAll(calls).stream().map(Future::resultNow))
                    .filteredOn(ACCEPTED::equals)
                    .hasSize(1);
        }
    }

    @Test
    void theSameIntentionMayShowItsProofAgain() {
        activate();
        Optional<Spendable> nine = Optional.of(new Spendable.Step(9));
        assertThat(use(account, nine, Optional.of("log-in 1"))).isEqualTo(ACCEPTED);
        assertThat(use(account, nine, Optional.of("log-in 1"))).isEqualTo(ACCEPTED);
        assertThat(use(account, nine, Optional.of("log-in 2"))).isEqualTo(WRONG);
        assertThat(use(account, Optional.of(new Spendable.Step(8)), Optional.of("log-in 1")))
                .isEqualTo(WRONG);
    }

    @Test
    void aRecoveryCodeCountsOnce() {
        activate();
        assertThat(recover("a")).isEqualTo(ACCEPTED);
        assertThat(recover("a")).isEqualTo(WRONG);
        assertThat(recover("c")).isEqualTo(WRONG);
        assertThat(store.find(account)).contains(new Enrolment(true, "secret", 1));
    }

    @Test
    void afterTooManyWrongOnesNothingIsLookedAtForALongerTimeEachTime() {
        activate();
        for (int i = 0; i < 3; i++) {
            assertThat(use(account, Optional.empty(), Optional.empty())).isEqualTo(WRONG);
        }
        assertThat(pause(use(9))).isBetween(55_000L, 60_000L);
        assertThat(pause(recover("a"))).isBetween(55_000L, 60_000L);
        assertThat(store.find(account)).as("nothing was spent").contains(new Enrolment(true, "secret", 2));
        pauseIsOver();
        assertThat(recover("no such code")).isEqualTo(WRONG);
        assertThat(pause(use(9))).isBetween(115_000L, 120_000L);
        pauseIsOver();
        assertThat(recover("no such code")).isEqualTo(WRONG);
        assertThat(pause(use(9))).as("the longest").isBetween(175_000L, 180_000L);
        pauseIsOver();
        assertThat(use(9)).isEqualTo(ACCEPTED);
        assertThat(use(account, Optional.empty(), Optional.empty())).isEqualTo(WRONG);
        assertThat(use(10)).as("the count began anew").isEqualTo(ACCEPTED);
    }

    private void activate() {
        store.enrol(account, "secret");
        assertThat(confirm(account, "secret", 7, List.of("a", "b"))).isEqualTo(Confirmation.CONFIRMED);
    }

    private Verdict use(long step) {
        return use(account, Optional.of(new Spendable.Step(step)), Optional.empty());
    }

    private Verdict recover(String hash) {
        return use(account, Optional.of(new Spendable.Hash(hash)), Optional.empty());
    }

    private static long pause(Verdict verdict) {
        return ((Verdict.Paused) verdict).remaining().toMillis();
    }

    private void pauseIsOver() {
        redis.send(Command.HDEL, MfaKeys.mfa(account), "pausedUntil");
    }

    @Test
    void newRecoveryCodesEndTheOnesThatWereLeft() {
        activate();
        assertThat(store.renew(account, "another secret", List.of("c"), notice(), ENTRY))
                .isFalse();
        assertThat(store.renew(account, "secret", List.of("c", "d", "e"), notice(), ENTRY))
                .isTrue();
        assertThat(store.find(account)).contains(new Enrolment(true, "secret", 3));
        assertThat(recover("a")).isEqualTo(WRONG);
        assertThat(recover("c")).isEqualTo(ACCEPTED);
        forget(account);
        assertThat(store.renew(account, "secret", List.of("f"), notice(), ENTRY))
                .isFalse();
    }

    /** Each step that changes something leaves its entry, and no other does. */
    @Test
    void whatIsDoneLeavesItsAuditEntryInTheSameStep() {
        activate();
        use(9);
        use(9);
        recover("a");
        recover("a");
        store.renew(account, "secret", List.of("c"), notice(), ENTRY);
        store.renew(account, "another secret", List.of("c"), notice(), ENTRY);
        forget(account);
        forget(account);
        assertThat(redis.send(Command.XLEN, AuditKeys.of(account)).toInteger())
                .as("confirmed, wrong, recovered, wrong, renewed, forgotten")
                .isEqualTo(6);
        assertThat(redis.send(Command.XLEN, MailKeys.outbox(account)).toInteger())
                .as("renewed, forgotten")
                .isEqualTo(2);
        redis.send(Command.DEL, AuditKeys.of(account));
        redis.send(Command.DEL, MailKeys.outbox(account));
    }

    private Verdict use(String account, Optional<Spendable> proof, Optional<String> intention) {
        return store.use(account, proof, intention, new UseEntries(ENTRY, ENTRY));
    }

    private Confirmation confirm(String account, String secret, long step, List<String> hashes) {
        return store.confirm(account, secret, step, hashes, Optional.empty(), ENTRY);
    }

    private boolean forget(String account) {
        return store.forget(account, notice(), ENTRY);
    }

    private OutgoingMail notice() {
        return new OutgoingMail(
                new LetterKey(account, ids.random()),
                new Letter("ada@example.org", "subject", "text", Optional.empty()),
                Duration.ofMinutes(1));
    }
}
