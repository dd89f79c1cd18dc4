package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** Who a socket belongs to, and for how long. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class AuthenticationSocketTest {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final TestIdentity.Login alice = TestIdentity.logIn();

    @Test
    void aTokenInTheFirstFrameOpensTheConversation() {
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            socket.hasNothingElse();
        }
    }

    @Test
    void theCookieOfTheHandshakeIsEnough() {
        try (LiveSocket socket =
                LiveSocket.open(port, LiveSocket.handshake().header("Cookie", alice.cookieHeader()), true)) {
            assertThat(socket.next("ready").getString("sub")).isEqualTo(alice.sub());
        }
    }

    @Test
    void aPageOfAnotherOriginCannotUseTheCookie() {
        assertThatThrownBy(() -> LiveSocket.open(
                        port,
                        LiveSocket.handshake()
                                .header("Cookie", alice.cookieHeader())
                                .header("Origin", "https://evil.example"),
                        true))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> assertThat(
                                refused.getResponse().statusCode())
                        .isEqualTo(403));
    }

    @Test
    void aCookieThatNoLongerCountsLeavesTheFirstFrame() {
        TestIdentity.Login gone = TestIdentity.logIn();
        gone.revoke();
        try (LiveSocket socket =
                LiveSocket.open(port, LiveSocket.handshake().header("Cookie", gone.cookieHeader()), true)) {
            socket.authenticate(alice);
        }
    }

    @Test
    void aTokenThatIsNoneEndsTheConversation() {
        try (LiveSocket socket = LiveSocket.open(port)) {
            socket.send("{\"type\":\"auth\",\"token\":\"nonsense\"}");
            socket.nextError("token_invalid");
            assertThat(socket.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void nothingElseIsAnsweredBeforeAuthentication() {
        try (LiveSocket socket = LiveSocket.open(port)) {
            socket.send("{\"type\":\"subscribe\",\"channel\":\"public:news\"}");
            assertThat(socket.nextError("unauthenticated").getString("request")).isEqualTo("subscribe");
        }
    }

    @Test
    void aRevokedSessionLosesItsSocket() {
        TestIdentity.Login mallory = TestIdentity.logIn();
        try (LiveSocket socket = LiveSocket.of(port, mallory);
                LiveSocket other = LiveSocket.of(port, alice)) {
            Instant revokedAt = Instant.now();
            mallory.revoke();
            socket.nextError("session_revoked");
            assertThat(socket.closeCode()).isEqualTo(4003);
            assertThat(Duration.between(revokedAt, Instant.now())).isLessThan(Duration.ofSeconds(2));
            other.hasNothingElse();
        }
    }

    @Test
    void aRevocationNobodyHeardOfIsFoundAllTheSame() {
        TestIdentity.Login mallory = TestIdentity.logIn();
        try (LiveSocket socket = LiveSocket.of(port, mallory)) {
            mallory.revokeUnheard();
            socket.nextError("session_revoked");
            assertThat(socket.closeCode()).isEqualTo(4003);
        }
    }

    @Test
    void aTokenThatRunsOutEndsTheSocketUnlessAFreshOneCame() {
        TestIdentity.Login short1 = TestIdentity.logIn();
        String soon = TestIdentity.sign(
                TestIdentity.claims(short1).expiresAt(Instant.now().plusSeconds(2)));
        try (LiveSocket ends = LiveSocket.open(port);
                LiveSocket stays = LiveSocket.open(port)) {
            ends.send(new JsonObject().put("type", "auth").put("token", soon)).next("ready");
            stays.send(new JsonObject().put("type", "auth").put("token", soon)).next("ready");
            stays.authenticate(short1);
            ends.nextError("token_expired");
            assertThat(ends.closeCode()).isEqualTo(4002);
            stays.hasNothingElse();
        }
    }
}
