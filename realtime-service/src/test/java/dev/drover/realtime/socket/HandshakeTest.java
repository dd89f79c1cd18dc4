package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** The upgrade request as it stands on the wire. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class HandshakeTest {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Test
    void theUpgradeNamesInstanceAndSubProtocol() throws IOException {
        assertThat(handshake("Sec-WebSocket-Protocol: drover.v1.json\r\n"))
                .startsWith("HTTP/1.1 101")
                .containsIgnoringCase("x-served-by: test-instance")
                .containsIgnoringCase("sec-websocket-protocol: drover.v1.json");
    }

    @Test
    void aClientThatNamesNoSubProtocolIsTaken() throws IOException {
        assertThat(handshake("")).startsWith("HTTP/1.1 101");
    }

    @Test
    void aClientThatOffersUnknownSubProtocolsOnlyIsToldWhichThereIs() throws IOException {
        for (String offered : List.of("foo", "foo, drover.v2.json", "DROVER.V1.JSON", "")) {
            assertThat(handshake("Sec-WebSocket-Protocol: " + offered + "\r\n"))
                    .as(offered)
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("\"code\":\"unknown_subprotocol\"", "drover.v1.json");
        }
        assertThat(handshake("Sec-WebSocket-Protocol: foo, drover.v1.json\r\n"))
                .startsWith("HTTP/1.1 101")
                .containsIgnoringCase("sec-websocket-protocol: drover.v1.json");
    }

    @Test
    void anotherVersionOfWebSocketIsToldWhichThereIs() throws IOException {
        for (String version : List.of("Sec-WebSocket-Version: 12\r\n", "")) {
            assertThat(exchange("GET /realtime HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + version
                            + "\r\n"))
                    .startsWith("HTTP/1.1 426")
                    .containsIgnoringCase("sec-websocket-version: 13")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("\"code\":\"upgrade_required\"");
        }
    }

    @Test
    void aRefusedUpgradeIsAProblemThatNamesTheInstance() throws IOException {
        assertThat(handshake("Cookie: " + TestIdentity.logIn().cookieHeader() + "\r\nOrigin: https://evil.example\r\n"))
                .startsWith("HTTP/1.1 403")
                .containsIgnoringCase("x-served-by: test-instance")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"code\":\"cross_site_request\"");
    }

    @Test
    void aRefusedTokenIsAProblem() throws IOException {
        assertThat(handshake("Authorization: Bearer nonsense\r\n"))
                .startsWith("HTTP/1.1 401")
                .contains("\"code\":\"token_invalid\"");
    }

    /** Vert.x by itself would agree to the ones that end in deflate-frame, and unpack whatever size comes. */
    @Test
    void noCompressionIsAgreedTo() throws IOException {
        for (String offered : List.of(
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits, x-webkit-deflate-frame",
                "deflate-frame",
                "x-webkit-deflate-frame")) {
            assertThat(handshake("Sec-WebSocket-Extensions: " + offered + "\r\n"))
                    .as(offered)
                    .startsWith("HTTP/1.1 101")
                    .doesNotContainIgnoringCase("sec-websocket-extensions");
        }
    }

    @Test
    void aHandshakeWithABodyIsRefusedForItCouldLastAsLongAsTheClientLikes() throws IOException {
        for (String body : List.of("Content-Length: 5", "Transfer-Encoding: chunked")) {
            assertThat(handshake(body + "\r\n"))
                    .as(body)
                    .startsWith("HTTP/1.1 400")
                    .contains("\"code\":\"bad_request\"");
        }
        assertThat(handshake("Content-Length: 0\r\n")).startsWith("HTTP/1.1 101");
    }

    @Test
    void aPlainRequestIsToldToUpgrade() throws IOException {
        assertThat(exchange("GET /realtime HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 426")
                .containsIgnoringCase("upgrade: websocket")
                .containsIgnoringCase("connection: upgrade")
                .containsIgnoringCase("x-served-by: test-instance")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"code\":\"upgrade_required\"");
    }

    @Test
    void anUpgradeTheConnectionIsNotAskedForIsToldHow() throws IOException {
        for (String connection : List.of("Connection: keep-alive\r\n", "")) {
            assertThat(exchange("GET /realtime HTTP/1.1\r\nHost: localhost\r\n" + connection
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"))
                    .as(connection)
                    .startsWith("HTTP/1.1 426")
                    .contains("\"code\":\"upgrade_required\"");
        }
        assertThat(exchange("GET /realtime HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"))
                .startsWith("HTTP/1.1 101");
    }

    @Test
    void anotherMethodIsToldWhichThereAre() throws IOException {
        assertThat(exchange("POST /realtime HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("allow: GET, OPTIONS")
                .contains("\"code\":\"method_not_allowed\"");
    }

    @Test
    void anUpgradeThatIsIncompleteIsRefusedAndNothingOfTheInsideShows() throws IOException {
        assertThat(exchange("GET /realtime HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n"))
                .startsWith("HTTP/1.1 4")
                .doesNotContain("Exception", "io.vertx", "io.quarkus");
    }

    /** A handshake that sends a byte now and then is never idle. */
    @Test
    void aHandshakeThatTricklesIsCutOff() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            byte[] head = "GET /realtime HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(head);
            Eventually.within(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(isCut(socket)).isTrue());
        }
    }

    private static boolean isCut(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write('x');
            socket.setSoTimeout(200);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    private String handshake(String headers) throws IOException {
        return RawSocket.handshake(port, headers);
    }

    private String exchange(String request) throws IOException {
        return RawSocket.exchange(port, request);
    }
}
