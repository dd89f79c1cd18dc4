package dev.drover.jobs.enqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;

/** Every return of the scripts of {@code dev.drover.platform.idempotency}; this service stands in for all, the platform has no Redis. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class IdempotencyScriptsTest {

    private static final String LONG = "60000";

    private final RedisScript begin = RedisScript.load("idempotency_begin");
    private final RedisScript renew = RedisScript.load("idempotency_renew");
    private final RedisScript finish = RedisScript.load("idempotency_finish");
    private final RedisScript abandon = RedisScript.load("idempotency_abandon");
    private final String record = "drover:{idem:" + UUID.randomUUID() + "}:record";

    @Inject
    RedisCalls redis;

    @Test
    void oneRunBeginsAndAnotherFindsItRunning() {
        assertThat(begin("one", "print", LONG)).containsExactly("begun");
        assertThat(begin("two", "print", LONG)).containsExactly("running");
        assertThat(begin("two", "another print", LONG)).containsExactly("differs");
    }

    @Test
    void theSameRunBeginsAgainWhenItsFirstCallWasNotAnswered() {
        begin("one", "print", LONG);
        assertThat(begin("one", "print", LONG)).containsExactly("begun");
    }

    @Test
    void ofTwentyAtOnceOneBegins() throws Exception {
        Callable<String> call =
                () -> begin(UUID.randomUUID().toString(), "print", LONG).getFirst();
        try (var threads = Executors.newFixedThreadPool(20)) {
            List<String> outcomes = threads.invokeAll(Collections.nCopies(20, call)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(outcomes).containsOnlyOnce("begun").containsOnly("begun", "running");
        }
    }

    @Test
    void anAnswerIsFoundWithItsAgeByItsOwnRequestOnly() {
        begin("one", "print", LONG);
        assertThat(finish("one", "answer", LONG)).isEqualTo(1);

        List<String> found = begin("two", "print", LONG);
        assertThat(found.subList(0, 3)).containsExactly("recorded", "one", "answer");
        assertThat(Long.parseLong(found.get(3))).isBetween(0L, 30_000L);
        assertThat(begin("two", "another print", LONG)).containsExactly("differs");
    }

    @Test
    void anAnswerIsKeptForTheRetention() {
        begin("one", "print", "5000");
        finish("one", "answer", LONG);
        assertThat(redis.send(Command.PTTL, record).toLong()).isBetween(30_000L, 60_000L);
    }

    @Test
    void finishingAgainChangesNothing() {
        begin("one", "print", LONG);
        finish("one", "answer", LONG);
        assertThat(finish("one", "another", LONG)).isEqualTo(1);
        assertThat(begin("two", "print", LONG)).contains("answer");
    }

    @Test
    void aRunThatSaysNothingLosesItsClaimWithItsLease() {
        begin("dead", "print", "150");
        Eventually.within(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(begin("two", "print", LONG)).containsExactly("begun"));

        assertThat(renew("dead", LONG)).isZero();
        assertThat(finish("dead", "too late", LONG)).isZero();
        assertThat(abandon("dead")).isZero();
        assertThat(finish("two", "answer", LONG)).isEqualTo(1);
        assertThat(begin("three", "print", LONG)).contains("two", "answer");
    }

    @Test
    void aRenewedRunKeepsItsClaim() {
        begin("one", "print", "5000");
        assertThat(renew("one", LONG)).isEqualTo(1);
        assertThat(redis.send(Command.PTTL, record).toLong()).isGreaterThan(5_000L);
    }

    @Test
    void aRenewalThatComesAfterTheAnswerDoesNotShortenItsLife() {
        begin("one", "print", LONG);
        finish("one", "answer", LONG);
        assertThat(renew("one", "100")).isZero();
        assertThat(redis.send(Command.PTTL, record).toLong()).isGreaterThan(5_000L);
    }

    @Test
    void whatIsAbandonedIsFreeAtOnceAndWhatIsAnsweredStays() {
        begin("one", "print", LONG);
        assertThat(abandon("one")).isEqualTo(1);
        assertThat(abandon("one")).isZero();
        assertThat(begin("two", "another print", LONG)).containsExactly("begun");

        finish("two", "answer", LONG);
        assertThat(abandon("two")).isZero();
        assertThat(begin("three", "another print", LONG)).contains("answer");
    }

    @Test
    void anAnswerThatNoLongerHoldsGivesWayToOneRun() {
        begin("one", "print", LONG);
        finish("one", "stale", LONG);

        assertThat(begin("two", "print", LONG, "one")).containsExactly("begun");
        assertThat(begin("three", "print", LONG, "one")).containsExactly("running");
        finish("two", "fresh", LONG);
        assertThat(begin("three", "print", LONG, "one")).contains("two", "fresh");
    }

    @Test
    void whoOnlyLooksClaimsNothing() {
        assertThat(begin("", "print", LONG)).containsExactly("free");
        assertThat(begin("", "print", LONG)).containsExactly("free");
        begin("one", "print", LONG);
        assertThat(begin("", "print", LONG)).containsExactly("running");
        assertThat(begin("", "another print", LONG)).containsExactly("differs");
        finish("one", "answer", LONG);
        assertThat(begin("", "print", LONG)).contains("one", "answer");
    }

    private List<String> begin(String run, String fingerprint, String lease) {
        return begin(run, fingerprint, lease, "");
    }

    private List<String> begin(String run, String fingerprint, String lease, String superseded) {
        Response outcome = redis.run(begin, List.of(record), List.of(run, fingerprint, lease, superseded));
        List<String> words = new ArrayList<>();
        outcome.forEach(word -> words.add(word.toString()));
        return words;
    }

    private int renew(String run, String lease) {
        return redis.run(renew, List.of(record), List.of(run, lease)).toInteger();
    }

    private int finish(String run, String answer, String retention) {
        return redis.run(finish, List.of(record), List.of(run, answer, retention))
                .toInteger();
    }

    private int abandon(String run) {
        return redis.run(abandon, List.of(record), List.of(run)).toInteger();
    }
}
