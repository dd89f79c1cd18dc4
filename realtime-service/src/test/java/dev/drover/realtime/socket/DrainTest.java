package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** An instance of its own, because it is drained; and one with tight limits, to meet them. */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestProfile(DrainTest.Tight.class)
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class DrainTest {

    public static final class Tight implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "drover.realtime.socket.authentication-timeout", "PT2S",
                    "drover.realtime.socket.subscriptions-max", "1",
                    "drover.realtime.socket.max", "2",
                    "drover.realtime.socket.reconnect-spread", "PT0.2S",
                    "drover.realtime.socket.idle-timeout", "PT6S",
                    "quarkus.http.idle-timeout", "10S");
        }
    }

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    Event<ShutdownDelayInitiatedEvent> shutdown;

    @Test
    @Order(1)
    void aHandshakeThatStopsInTheMiddleAndASocketThatFallsSilentAreEnded() throws IOException {
        TestIdentity.Login login = TestIdentity.logIn();
        try (RawSocket stuck = RawSocket.connect(port);
                LiveSocket quiet = LiveSocket.of(port, login)) {
            stuck.bytes("GET /realtime HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
            quiet.nextError("idle_timeout");
            assertThat(quiet.closeCode()).isEqualTo(4007);
            assertThat(stuck.hasEnded()).isTrue();
        }
    }

    @Test
    @Order(2)
    void anInstanceThatHoldsAsManySocketsAsItMaySendsTheNextOneToAnother() {
        TestIdentity.Login login = TestIdentity.logIn();
        try (LiveSocket one = LiveSocket.of(port, login)) {
            try (LiveSocket two = LiveSocket.of(port, login)) {
                assertThatThrownBy(() -> LiveSocket.open(port))
                        .cause()
                        .isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> {
                            assertThat(refused.getResponse().statusCode()).isEqualTo(503);
                            assertThat(refused.getResponse().headers().firstValue("Retry-After"))
                                    .isPresent();
                        });
                two.hasNothingElse();
            }
            Eventually.within(Duration.ofSeconds(20))
                    .untilAsserted(() -> LiveSocket.of(port, login).close());
            one.hasNothingElse();
        }
    }

    @Test
    @Order(3)
    void whoIsSilentIsClosedWhoAsksTooMuchIsToldAndAllAreSentAwayInTheEnd() {
        TestIdentity.Login login = TestIdentity.logIn();
        try (LiveSocket silent = LiveSocket.open(port)) {
            silent.nextError("authentication_timeout");
            assertThat(silent.closeCode()).isEqualTo(4001);
        }
        try (LiveSocket socket =
                LiveSocket.open(port, LiveSocket.handshake().header("Cookie", login.cookieHeader()), true)) {
            socket.next("ready");
            socket.subscribe("public:one");
            socket.send("{\"type\":\"subscribe\",\"channel\":\"public:two\"}").nextError("too_many_subscriptions");

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
