package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.identity.Caller;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.realtime.RealtimeConfig;

/** How many sessions a look asks for: what thousands of sockets cost that are only open. */
class ClientChecksTest {

    private static final int SESSIONS = 10_000;

    /** What a revocation may take to be found; a quarter of it is left for what the looks themselves take. */
    private static final Duration PROMISED = Duration.ofMillis(1_000 - 250);

    private final RealtimeConfig config = new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(RealtimeConfig.class)
            .build()
            .getConfigMapping(RealtimeConfig.class);

    private final Asked asked = new Asked();
    private final Clients clients = new Clients(config);
    private final ClientChecks checks = new ClientChecks(clients, asked, config, Clock.systemUTC());

    @BeforeEach
    void openSockets() {
        for (int i = 0; i < SESSIONS; i++) {
            Client client = new Client(
                    "c" + i,
                    new SendQueue(new RecordingWire(), 16, 65_536),
                    new DeliveryMeters(new SimpleMeterRegistry()),
                    Clock.systemUTC().instant());
            client.identify(new Identified(
                    new Caller("usr_" + i, "ses_" + i, Set.of(), Caller.Credential.BEARER_TOKEN), Optional.empty()));
            clients.add("c" + i, client);
        }
    }

    /** Attacks R-8: no session is left out for longer than the second. */
    @Test
    void whileRevocationsAreHeardOfEachSessionHasItsTurnOnceInTheSecond() {
        int turns = (int) PROMISED.dividedBy(config.socket().checkEvery());
        checks.hears(true);
        checks.runOnce();
        assertThat(asked.rounds).containsExactly(SESSIONS);
        asked.rounds.clear();

        for (int i = 0; i < turns; i++) {
            checks.runOnce();
        }

        assertThat(turns).isGreaterThan(1);
        assertThat(asked.rounds.stream().mapToInt(Integer::intValue).sum()).isEqualTo(SESSIONS);
        assertThat(asked.rounds).allMatch(sessions -> sessions < 2 * SESSIONS / turns);
    }

    @Test
    void whenNothingIsHeardEachLookIsAtAll() {
        checks.hears(true);
        checks.runOnce();
        checks.hears(false);
        checks.runOnce();
        checks.runOnce();
        assertThat(asked.rounds).containsExactly(SESSIONS, SESSIONS, SESSIONS);
    }

    @Test
    void aLookThatFailedIsMadeUpForByOneAtAll() {
        checks.hears(true);
        asked.isDown = true;
        assertThatThrownBy(checks::runOnce).isInstanceOf(StoreUnavailableException.class);
        asked.isDown = false;
        checks.runOnce();
        assertThat(asked.rounds).containsExactly(SESSIONS);
    }

    @Test
    void ofSessionsThatAreToldOfOnlyThoseAreLookedAtThatHaveASocketHere() {
        checks.look(Set.of("ses_7", "ses_of_another_instance"));
        assertThat(asked.rounds).containsExactly(1);
    }

    private static final class Asked implements SessionStates {

        private final List<Integer> rounds = new ArrayList<>();
        private boolean isDown;

        @Override
        public Map<String, State> of(Collection<String> sessionIds) {
            if (isDown) {
                throw new StoreUnavailableException("Redis", null);
            }
            rounds.add(sessionIds.size());
            return sessionIds.stream().collect(Collectors.toMap(Function.identity(), id -> State.LIVE));
        }
    }
}
