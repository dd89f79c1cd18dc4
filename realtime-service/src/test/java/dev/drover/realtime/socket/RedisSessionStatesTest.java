package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.realtime.socket.SessionStates.State;
import dev.drover.testing.RedisFixture;

/** What it costs to look at the sessions of ten thousand sockets, which happens in each second. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class RedisSessionStatesTest {

    private static final int SESSIONS = 10_000;
    private static final int IN_ONE_MESSAGE = 256;

    @Inject
    SessionStates states;

    @Inject
    RedisCalls redis;

    @Inject
    MeterRegistry meters;

    private final String name = "ses_" + UUID.randomUUID() + "-";

    @Test
    void tenThousandSessionsAreLookedAtInFortyMessagesAndEachIsTold() {
        List<String> ids = IntStream.range(0, SESSIONS).mapToObj(i -> name + i).toList();
        redis.send(Command.HSET, SessionKeys.session(ids.get(17)), "sub", "usr_a");
        redis.send(Command.HSET, SessionKeys.session(ids.get(9_999)), "sub", "usr_a", "revokedAt", "1");
        long before = calls();

        long startedNanos = System.nanoTime();
        Map<String, State> found = states.of(ids);
        System.out.printf(
                "A look at %d sessions took %d ms%n", SESSIONS, (System.nanoTime() - startedNanos) / 1_000_000);

        assertThat(calls() - before).isEqualTo(Math.ceilDiv(SESSIONS, IN_ONE_MESSAGE));
        assertThat(found).hasSize(SESSIONS);
        assertThat(found.get(ids.get(17))).isEqualTo(State.LIVE);
        assertThat(found.get(ids.get(9_999))).isEqualTo(State.REVOKED);
        assertThat(found.values().stream().filter(State.EXPIRED::equals)).hasSize(SESSIONS - 2);
    }

    @Test
    void whereNobodyIsThereNothingIsAsked() {
        long before = calls();
        assertThat(states.of(List.of())).isEmpty();
        assertThat(calls()).isEqualTo(before);
    }

    /** All of a look, as Redis was asked. */
    private long calls() {
        return meters.find("drover.redis.calls").tag("call", "hmget batch").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
