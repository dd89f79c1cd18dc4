package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletionException;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** An instance of its own, because it is drained; and one with tight limits, to meet them. */
@QuarkusTest
@TestProfile(DrainTest.Tight.class)
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class DrainTest {

    public static final class Tight implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "drover.realtime.socket.authentication-timeout", "PT0.3S",
                    "drover.realtime.socket.subscriptions-max", "1",
                    "drover.realtime.socket.reconnect-spread", "PT0.2S");
        }
    }

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    Event<ShutdownDelayInitiatedEvent> shutdown;

    @Test
    void whoIsSilentIsClosedWhoAsksTooMuchIsToldAndAllAreSentAwayInTheEnd() {
        TestIdentity.Login login = TestIdentity.logIn();
        try (LiveSocket silent = LiveSocket.open(port)) {
            silent.nextError("authentication_timeout");
            assertThat(silent.closeCode()).isEqualTo(4001);
        }
        try (LiveSocket socket =
                LiveSocket.open(port, LiveSocket.handshake().header("Cookie", login.cookieHeader()), true)) {
            socket.next("ready");
            socket.subscribe("room:one");
            socket.send("{\"type\":\"subscribe\",\"channel\":\"room:two\"}").nextError("too_many_subscriptions");

            shutdown.fire(new ShutdownDelayInitiatedEvent());

            JsonObject drain = socket.next("drain");
            assertThat(drain.getLong("reconnectInMs")).isBetween(0L, 200L);
            assertThat(socket.closeCode()).isEqualTo(1012);
        }
        assertThatThrownBy(() -> LiveSocket.open(port))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("Unexpected HTTP response status code 503");
    }
}
