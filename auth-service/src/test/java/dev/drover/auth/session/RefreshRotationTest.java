package dev.drover.auth.session;

import static dev.drover.auth.session.StoredSession.ADA;
import static dev.drover.auth.session.StoredSession.NOW;
import static dev.drover.auth.session.StoredSession.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.AuditLog;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.Eventually;

/** A refresh token has one successor, and whoever shows one that was traded long ago ends its family: on a real Redis. */
@ServiceTest
class RefreshRotationTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @Inject
    RedisCalls redis;

    @Inject
    Ids ids;

    @Inject
    AuditLog audit;

    @Inject
    StoredSession session;

    @Test
    void theCurrentTokenIsTradedForItsSuccessor() {
        session.open();
        assertThat(session.rotate(session.token(), "salt")).isEqualTo(new Rotation.Rotated(ADA.sub(), ADA.roles()));
        RefreshToken next = session.token().successor("salt");
        assertThat(session.rotate(next, "pepper")).isEqualTo(new Rotation.Rotated(ADA.sub(), ADA.roles()));
    }

    @Test
    void fiftyAtOnceGetOneSuccessor() throws Exception {
        session.open();
        List<String> successors = StoredSession.together(50, () -> {
            String salt = ids.random();
            return switch (session.rotate(session.token(), salt)) {
                case Rotation.Rotated rotated -> session.token().successor(salt).toWire();
                case Rotation.RepeatedInGrace repeated ->
                    session.token().successor(repeated.salt()).toWire();
                case Rotation.Reused reused -> "reused";
                case Rotation.Expired expired -> "expired";
                case Rotation.Late late -> "late";
            };
        });
        assertThat(successors).hasSize(50);
        assertThat(Set.copyOf(successors)).hasSize(1).allMatch(wire -> wire.startsWith("rt_"));
        RefreshToken successor = RefreshToken.parse(successors.getFirst()).orElseThrow();
        assertThat(session.rotate(successor, "salt")).isInstanceOf(Rotation.Rotated.class);
    }

    @Test
    void withinTheGraceTheSameSuccessorIsGivenEvenAfterThatWasTradedToo() {
        session.open();
        session.rotate(session.token(), "salt");
        session.rotate(session.token().successor("salt"), "pepper");
        assertThat(session.rotate(session.token(), "other"))
                .isEqualTo(new Rotation.RepeatedInGrace(ADA.sub(), ADA.roles(), "salt"));
    }

    @Test
    void aReplayAfterTheGraceRevokesTheFamilyForGood() {
        session.open();
        session.rotate(session.token(), "salt");
        RefreshToken next = session.token().successor("salt");
        session.graceIsOver(session.token());

        assertThat(session.rotate(session.token(), "x")).isEqualTo(new Rotation.Reused());

        assertThat(session.field("revokedAt")).isEqualTo(NOW.toString());
        assertThat(session.rotate(next, "x")).isEqualTo(new Rotation.Reused());
        assertThat(session.rotate(session.token(), "x")).isEqualTo(new Rotation.Reused());
        assertThat(session.open()).isEqualTo(new OpenResult.Revoked());
    }

    @Test
    void anAncestorOfAnyAgeIsRecognisedAsAReplay() {
        session.open();
        RefreshToken current = session.token();
        for (int generation = 0; generation < 5; generation++) {
            session.rotate(current, "salt" + generation);
            session.graceIsOver(current);
            current = current.successor("salt" + generation);
        }
        assertThat(session.rotate(session.token(), "x")).isEqualTo(new Rotation.Reused());
        assertThat(session.rotate(current, "x")).isEqualTo(new Rotation.Reused());
    }

    @Test
    void ofConcurrentReplayAndRefreshNeitherLeavesALiveToken() throws Exception {
        session.open();
        session.rotate(session.token(), "salt");
        session.graceIsOver(session.token());
        RefreshToken next = session.token().successor("salt");
        StoredSession.together(2, () -> {
            session.rotate(session.token(), "x");
            return session.rotate(next, "pepper");
        });
        assertThat(session.rotate(next.successor("pepper"), "x")).isEqualTo(new Rotation.Reused());
    }

    @Test
    void theGraceEndsByItself() {
        session.goBy(new SessionPolicy(
                POLICY.lifetime(),
                POLICY.maxLifetime(),
                Duration.ofMillis(50),
                Duration.ofMillis(40),
                POLICY.tombstone()));
        session.open();
        session.rotate(session.token(), "salt");
        Eventually.within(SOON).until(() -> !session.exists(StoredSession.grace(session.token())));
        assertThat(session.rotate(session.token(), "x")).isEqualTo(new Rotation.Reused());
    }

    /** As of an instance that was stopped between reading the request and asking Redis, while its client asked another. */
    @Test
    void aRefreshThatWasHeldUpIsNotTakenForAReplayOfItsOwnRepeat() {
        session.open();
        long askedAt = session.redisMillis();
        session.rotate(session.token(), "salt");
        session.graceIsOver(session.token());

        assertThat(session.store()
                        .rotate(
                                session.token(),
                                "late",
                                NOW,
                                askedAt - POLICY.grace().toMillis()))
                .isEqualTo(new Rotation.Late());

        assertThat(session.rotate(session.token().successor("salt"), "pepper")).isInstanceOf(Rotation.Rotated.class);
    }

    /** Its client has nothing of it, and would be the replay that ends the family when it asks again after the grace. */
    @Test
    void aRefreshThatWasHeldUpTradesNothing() {
        session.open();
        long askedAt = session.redisMillis() - POLICY.refreshWithin().toMillis() - 1;
        assertThat(session.store().rotate(session.token(), "late", NOW, askedAt))
                .isEqualTo(new Rotation.Late());
        assertThat(session.rotate(session.token(), "salt")).isEqualTo(new Rotation.Rotated(ADA.sub(), ADA.roles()));
    }

    @Test
    void aReplayLeavesItsAuditEntryInTheSameStepAndWhoeverMeetsItAgainCarriesIt() {
        session.open();
        session.rotate(session.token(), "salt");
        session.graceIsOver(session.token());
        session.rotate(session.token(), "x");
        session.rotate(session.token(), "y");

        String left = AuditKeys.of(session.id().value());
        assertThat(redis.send(Command.XRANGE, left, "-", "+").toString())
                .containsOnlyOnce("refresh_reused")
                .contains(session.id().value());
        assertThat(redis.send(Command.PTTL, left).toLong()).isPositive();

        audit.carry(session.id().value());
        assertThat(session.exists(left)).isFalse();
    }

    @Test
    void aMadeUpTokenDoesNotHarmTheSession() {
        session.open();
        RefreshToken madeUp = new RefreshToken(session.id(), Secret.random(), Secret.random());
        assertThat(session.rotate(madeUp, "x")).isEqualTo(new Rotation.Expired());
        assertThat(session.rotate(session.token(), "salt")).isInstanceOf(Rotation.Rotated.class);
    }
}
