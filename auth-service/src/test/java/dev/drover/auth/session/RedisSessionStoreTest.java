package dev.drover.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.session.NewSession.Owner;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.Eventually;

@ServiceTest
class RedisSessionStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Owner ADA = new Owner("usr_" + "0".repeat(26), "ada@example.org", Set.of("admin"), 0);
    private static final SessionOrigin HERE = new SessionOrigin("Firefox on Linux", "203.0.113.7");
    private static final SessionPolicy POLICY = new SessionPolicy(
            Duration.ofHours(24),
            Duration.ofDays(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(4),
            Duration.ofMinutes(11));

    @Inject
    RedisCalls redis;

    @Inject
    Ids ids;

    @Inject
    AuditLog audit;

    private SessionStore store;
    private NewSession session;
    private RefreshToken token;

    @BeforeEach
    void prepare() {
        store = new RedisSessionStore(redis, audit, POLICY);
        session = new NewSession(new SessionId("ses_" + ids.random()), ADA, HERE, SessionSecrets.random(), NOW);
        token = session.secrets().refreshToken(session.id());
    }

    @Test
    void aSessionIsOpenedOnce() {
        assertThat(store.open(session)).isEqualTo(new OpenResult.Opened());
        NewSession again = new NewSession(session.id(), ADA, HERE, SessionSecrets.random(), NOW);
        assertThat(store.open(again))
                .isEqualTo(new OpenResult.Present("", session.secrets().cookie().hash()));
        assertThat(field("sub")).isEqualTo(ADA.sub());
        assertThat(field("roles")).isEqualTo("admin");
        assertThat(field("email")).isEqualTo("ada@example.org");
        assertThat(ttlMillis()).isBetween(86_390_000L, 86_400_000L);
    }

    @Test
    void ofManyOpeningsAtOnceOneWins() throws Exception {
        List<OpenResult> outcomes =
                together(16, () -> store.open(new NewSession(session.id(), ADA, HERE, SessionSecrets.random(), NOW)));
        assertThat(outcomes).containsOnlyOnce(new OpenResult.Opened());
        assertThat(outcomes.stream().distinct()).hasSize(2);
    }

    @Test
    void noSecretIsKeptInClear() {
        store.open(session);
        rotate(token, "salt", NOW);
        String all =
                redis.send(Command.HGETALL, SessionKeys.session(session.id().value())) + " "
                        + redis.send(Command.HGETALL, RefreshKeys.refresh(session.id()));
        assertThat(all)
                .doesNotContain(
                        session.secrets().cookie().value(),
                        token.family().value(),
                        token.secret().value(),
                        token.successor("salt").secret().value());
    }

    @Test
    void theCurrentTokenIsTradedForItsSuccessor() {
        store.open(session);
        assertThat(rotate(token, "salt", NOW)).isEqualTo(new Rotation.Rotated(ADA.sub(), ADA.roles()));
        RefreshToken next = token.successor("salt");
        assertThat(rotate(next, "pepper", NOW)).isEqualTo(new Rotation.Rotated(ADA.sub(), ADA.roles()));
    }

    @Test
    void fiftyAtOnceGetOneSuccessor() throws Exception {
        store.open(session);
        List<String> successors = together(50, () -> {
            String salt = ids.random();
            return switch (rotate(token, salt, NOW)) {
                case Rotation.Rotated rotated -> token.successor(salt).toWire();
                case Rotation.RepeatedInGrace repeated ->
                    token.successor(repeated.salt()).toWire();
                case Rotation.Reused reused -> "reused";
                case Rotation.Expired expired -> "expired";
                case Rotation.Late late -> "late";
            };
        });
        assertThat(successors).hasSize(50);
        assertThat(Set.copyOf(successors)).hasSize(1).allMatch(wire -> wire.startsWith("rt_"));
        RefreshToken successor = RefreshToken.parse(successors.getFirst()).orElseThrow();
        assertThat(rotate(successor, "salt", NOW)).isInstanceOf(Rotation.Rotated.class);
    }

    @Test
    void withinTheGraceTheSameSuccessorIsGivenEvenAfterThatWasTradedToo() {
        store.open(session);
        rotate(token, "salt", NOW);
        rotate(token.successor("salt"), "pepper", NOW);
        assertThat(rotate(token, "other", NOW)).isEqualTo(new Rotation.RepeatedInGrace(ADA.sub(), ADA.roles(), "salt"));
    }

    @Test
    void aReplayAfterTheGraceRevokesTheFamilyForGood() {
        store.open(session);
        rotate(token, "salt", NOW);
        RefreshToken next = token.successor("salt");
        graceIsOver(token);

        assertThat(rotate(token, "x", NOW)).isEqualTo(new Rotation.Reused());

        assertThat(field("revokedAt")).isEqualTo(NOW.toString());
        assertThat(rotate(next, "x", NOW)).isEqualTo(new Rotation.Reused());
        assertThat(rotate(token, "x", NOW)).isEqualTo(new Rotation.Reused());
        assertThat(store.open(session)).isEqualTo(new OpenResult.Revoked());
    }

    @Test
    void anAncestorOfAnyAgeIsRecognisedAsAReplay() {
        store.open(session);
        RefreshToken current = token;
        for (int generation = 0; generation < 5; generation++) {
            rotate(current, "salt" + generation, NOW);
            graceIsOver(current);
            current = current.successor("salt" + generation);
        }
        assertThat(rotate(token, "x", NOW)).isEqualTo(new Rotation.Reused());
        assertThat(rotate(current, "x", NOW)).isEqualTo(new Rotation.Reused());
    }

    @Test
    void ofConcurrentReplayAndRefreshNeitherLeavesALiveToken() throws Exception {
        store.open(session);
        rotate(token, "salt", NOW);
        graceIsOver(token);
        RefreshToken next = token.successor("salt");
        together(2, () -> {
            rotate(token, "x", NOW);
            return rotate(next, "pepper", NOW);
        });
        assertThat(rotate(next.successor("pepper"), "x", NOW)).isEqualTo(new Rotation.Reused());
    }

    @Test
    void theGraceEndsByItself() {
        store = new RedisSessionStore(
                redis,
                audit,
                new SessionPolicy(
                        POLICY.lifetime(),
                        POLICY.maxLifetime(),
                        Duration.ofMillis(50),
                        Duration.ofMillis(40),
                        POLICY.tombstone()));
        store.open(session);
        rotate(token, "salt", NOW);
        Eventually.within(SOON).until(() -> !exists(grace(token)));
        assertThat(rotate(token, "x", NOW)).isEqualTo(new Rotation.Reused());
    }

    /** As of an instance that was stopped between reading the request and asking Redis, while its client asked another. */
    @Test
    void aRefreshThatWasHeldUpIsNotTakenForAReplayOfItsOwnRepeat() {
        store.open(session);
        long askedAt = redisMillis();
        rotate(token, "salt", NOW);
        graceIsOver(token);

        assertThat(store.rotate(token, "late", NOW, askedAt - POLICY.grace().toMillis()))
                .isEqualTo(new Rotation.Late());

        assertThat(rotate(token.successor("salt"), "pepper", NOW)).isInstanceOf(Rotation.Rotated.class);
    }

    /** Its client has nothing of it, and would be the replay that ends the family when it asks again after the grace. */
    @Test
    void aRefreshThatWasHeldUpTradesNothing() {
        store.open(session);
        long askedAt = redisMillis() - POLICY.refreshWithin().toMillis() - 1;
        assertThat(store.rotate(token, "late", NOW, askedAt)).isEqualTo(new Rotation.Late());
        assertThat(rotate(token, "salt", NOW)).isEqualTo(new Rotation.Rotated(ADA.sub(), ADA.roles()));
    }

    @Test
    void aReplayLeavesItsAuditEntryInTheSameStepAndWhoeverMeetsItAgainCarriesIt() {
        store.open(session);
        rotate(token, "salt", NOW);
        graceIsOver(token);
        rotate(token, "x", NOW);
        rotate(token, "y", NOW);

        String left = AuditKeys.of(session.id().value());
        assertThat(redis.send(Command.XRANGE, left, "-", "+").toString())
                .containsOnlyOnce("refresh_reused")
                .contains(session.id().value());
        assertThat(redis.send(Command.PTTL, left).toLong()).isPositive();

        audit.carry(session.id().value());
        assertThat(exists(left)).isFalse();
    }

    @Test
    void aMadeUpTokenDoesNotHarmTheSession() {
        store.open(session);
        RefreshToken madeUp = new RefreshToken(session.id(), Secret.random(), Secret.random());
        assertThat(rotate(madeUp, "x", NOW)).isEqualTo(new Rotation.Expired());
        assertThat(rotate(token, "salt", NOW)).isInstanceOf(Rotation.Rotated.class);
    }

    @Test
    void aSessionThatIsNotThereGivesNothing() {
        assertThat(rotate(token, "x", NOW)).isEqualTo(new Rotation.Expired());
        store.revoke(session.id(), NOW);
        assertThat(exists(SessionKeys.session(session.id().value()))).isFalse();
    }

    @Test
    void aRevokedSessionIsRememberedLongerThanAnyTokenOfIt() {
        store.open(session);
        redis.send(Command.PEXPIRE, SessionKeys.session(session.id().value()), "1000");
        store.revoke(session.id(), NOW);
        assertThat(field("revokedAt")).isEqualTo(NOW.toString());
        assertThat(ttlMillis()).isGreaterThan(Duration.ofMinutes(10).toMillis());
        assertThat(exists(RefreshKeys.refresh(session.id()))).isFalse();
    }

    @Test
    void revokingAgainKeepsTheFirstTime() {
        store.open(session);
        store.revoke(session.id(), NOW);
        store.revoke(session.id(), NOW.plusSeconds(60));
        assertThat(field("revokedAt")).isEqualTo(NOW.toString());
        assertThat(rotate(token, "x", NOW)).isEqualTo(new Rotation.Expired());
    }

    @Test
    void aRefreshProlongsTheSessionButNotPastItsEnd() {
        store.open(session);
        String key = SessionKeys.session(session.id().value());
        redis.send(Command.PEXPIRE, key, "60000");
        rotate(token, "salt", NOW);
        assertThat(ttlMillis()).isBetween(86_390_000L, 86_400_000L);

        long endsAt = System.currentTimeMillis() + 120_000;
        redis.send(Command.HSET, key, "endsAtMillis", Long.toString(endsAt));
        redis.send(Command.PEXPIRE, key, "60000");
        rotate(token.successor("salt"), "pepper", NOW);
        assertThat(ttlMillis()).isBetween(110_000L, 120_000L);
    }

    @Test
    void allKeysOfASessionAreInOneSlot() {
        String slot = slot(SessionKeys.session(session.id().value()));
        assertThat(slot(RefreshKeys.refresh(session.id()))).isEqualTo(slot);
        assertThat(slot(grace(token))).isEqualTo(slot);
        assertThat(slot(AuditKeys.of(session.id().value()))).isEqualTo(slot);
    }

    /** The hash tag is what Redis Cluster computes the slot from. */
    private static String slot(String key) {
        return key.substring(key.indexOf('{') + 1, key.indexOf('}'));
    }

    /** By a request that cannot be late, however busy the machine is. */
    private Rotation rotate(RefreshToken presented, String salt, Instant now) {
        return store.rotate(
                presented, salt, now, redisMillis() + Duration.ofHours(1).toMillis());
    }

    private long redisMillis() {
        return redis.send(Command.TIME).get(0).toLong() * 1000;
    }

    private void graceIsOver(RefreshToken traded) {
        redis.send(Command.DEL, grace(traded));
    }

    private static String grace(RefreshToken traded) {
        return RefreshKeys.grace(traded.session(), traded.secret().hash());
    }

    private boolean exists(String key) {
        return redis.send(Command.EXISTS, key).toInteger() == 1;
    }

    private String field(String name) {
        return redis.send(Command.HGET, SessionKeys.session(session.id().value()), name)
                .toString();
    }

    private long ttlMillis() {
        return redis.send(Command.PTTL, SessionKeys.session(session.id().value()))
                .toLong();
    }

    private static <T> List<T> together(int callers, Callable<T> call) throws Exception {
        try (var threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<T>> calls =
                    IntStream.range(0, callers).mapToObj(i -> call).toList();
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }
}
