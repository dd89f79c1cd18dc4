package dev.drover.auth.session;

import static dev.drover.auth.session.StoredSession.ADA;
import static dev.drover.auth.session.StoredSession.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.platform.redis.RedisCalls;

/** How a session is opened, prolonged and revoked, on a real Redis. */
@ServiceTest
class RedisSessionStoreTest {

    @Inject
    RedisCalls redis;

    @Inject
    StoredSession session;

    @Test
    void aSessionIsOpenedOnce() {
        assertThat(session.open()).isEqualTo(new OpenResult.Opened());
        NewSession again = session.again();
        assertThat(session.store().open(again))
                .isEqualTo(new OpenResult.Present("", session.secrets().cookie().hash()));
        assertThat(session.field("sub")).isEqualTo(ADA.sub());
        assertThat(session.field("roles")).isEqualTo("admin");
        assertThat(session.field("email")).isEqualTo("ada@example.org");
        assertThat(session.ttlMillis()).isBetween(86_390_000L, 86_400_000L);
    }

    @Test
    void ofManyOpeningsAtOnceOneWins() throws Exception {
        List<OpenResult> outcomes =
                StoredSession.together(16, () -> session.store().open(session.again()));
        assertThat(outcomes).containsOnlyOnce(new OpenResult.Opened());
        assertThat(outcomes.stream().distinct()).hasSize(2);
    }

    @Test
    void noSecretIsKeptInClear() {
        session.open();
        session.rotate(session.token(), "salt");
        String all = redis.send(Command.HGETALL, session.key()) + " "
                + redis.send(Command.HGETALL, RefreshKeys.refresh(session.id()));
        assertThat(all)
                .doesNotContain(
                        session.secrets().cookie().value(),
                        session.token().family().value(),
                        session.token().secret().value(),
                        session.token().successor("salt").secret().value());
    }

    @Test
    void aSessionThatIsNotThereGivesNothing() {
        assertThat(session.rotate(session.token(), "x")).isEqualTo(new Rotation.Expired());
        session.store().revoke(session.id(), NOW);
        assertThat(session.exists(session.key())).isFalse();
    }

    @Test
    void aRevokedSessionIsRememberedLongerThanAnyTokenOfIt() {
        session.open();
        redis.send(Command.PEXPIRE, session.key(), "1000");
        session.store().revoke(session.id(), NOW);
        assertThat(session.field("revokedAt")).isEqualTo(NOW.toString());
        assertThat(session.ttlMillis()).isGreaterThan(Duration.ofMinutes(10).toMillis());
        assertThat(session.exists(RefreshKeys.refresh(session.id()))).isFalse();
    }

    @Test
    void revokingAgainKeepsTheFirstTime() {
        session.open();
        session.store().revoke(session.id(), NOW);
        session.store().revoke(session.id(), NOW.plusSeconds(60));
        assertThat(session.field("revokedAt")).isEqualTo(NOW.toString());
        assertThat(session.rotate(session.token(), "x")).isEqualTo(new Rotation.Expired());
    }

    @Test
    void aRefreshProlongsTheSessionButNotPastItsEnd() {
        session.open();
        String key = session.key();
        redis.send(Command.PEXPIRE, key, "60000");
        session.rotate(session.token(), "salt");
        assertThat(session.ttlMillis()).isBetween(86_390_000L, 86_400_000L);

        long endsAt = System.currentTimeMillis() + 120_000;
        redis.send(Command.HSET, key, "endsAtMillis", Long.toString(endsAt));
        redis.send(Command.PEXPIRE, key, "60000");
        session.rotate(session.token().successor("salt"), "pepper");
        assertThat(session.ttlMillis()).isBetween(110_000L, 120_000L);
    }

    @Test
    void allKeysOfASessionAreInOneSlot() {
        String slot = slot(session.key());
        assertThat(slot(RefreshKeys.refresh(session.id()))).isEqualTo(slot);
        assertThat(slot(StoredSession.grace(session.token()))).isEqualTo(slot);
        assertThat(slot(AuditKeys.of(session.id().value()))).isEqualTo(slot);
    }

    /** The hash tag is what Redis Cluster computes the slot from. */
    private static String slot(String key) {
        return key.substring(key.indexOf('{') + 1, key.indexOf('}'));
    }
}
