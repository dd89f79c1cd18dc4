package dev.drover.lab.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.testing.MutableClock;

/** A room that others can reach: nothing without the token, nothing for foreign pages, and the token for nobody. */
class AccessTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String AUTHORISED = "Authorization: Bearer " + TOKEN;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Access access = Access.byToken(TOKEN, Set.of("https://room.example.org"), clock);
    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeEach
    void listen() {
        port = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void lookingNeedsTheToken() throws Exception {
        assertThat(status("/look")).isEqualTo(401);
        assertThat(status("/look", "Authorization: Bearer guess")).isEqualTo(401);
        assertThat(status("/look", AUTHORISED)).isEqualTo(200);
    }

    @Test
    void actingNeedsTheTokenAndTheOwnOrigin() throws Exception {
        assertThat(status("/act", "Origin: https://room.example.org")).isEqualTo(401);
        assertThat(status("/act", AUTHORISED, "Origin: https://evil.example")).isEqualTo(403);
        assertThat(status("/act", AUTHORISED, "Origin: null")).isEqualTo(403);
        assertThat(status("/act", AUTHORISED, "Sec-Fetch-Site: same-site")).isEqualTo(403);
        assertThat(status("/act", AUTHORISED, "Origin: https://room.example.org", "Sec-Fetch-Site: same-origin"))
                .isEqualTo(200);
    }

    @Test
    void nobodyIsGivenTheToken() throws Exception {
        assertThat(status("/key", "Sec-Fetch-Site: same-origin")).isEqualTo(404);
        assertThat(status("/key", AUTHORISED, "Sec-Fetch-Site: same-origin")).isEqualTo(404);
    }

    @Test
    void aSealedLinkIsFollowedWithoutTheTokenForAWhileAndNowhereElse() throws Exception {
        String link = access.sealed("/follow");

        assertThat(status("/follow")).isEqualTo(401);
        assertThat(status(link)).isEqualTo(200);
        assertThat(status(link.replace("/follow", "/followed"))).isEqualTo(401);
        assertThat(status(link.replaceFirst("until=\\d", "until=9"))).isEqualTo(401);
        assertThat(link).doesNotContain(TOKEN);

        clock.advance(Duration.ofMinutes(11));
        assertThat(status(link)).isEqualTo(401);
    }

    @Test
    void anotherHostNameIsNotThisOne() throws Exception {
        assertThat(status("/host")).isEqualTo(200);
        assertThat(ask("/host", "Host: rebound.example\r\n")).isEqualTo(404);
    }

    @Test
    void aTokenThatCouldBeGuessedIsNone() {
        assertThatThrownBy(() -> Access.byToken("short", Set.of("https://room.example.org"), clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("short");
        assertThat(access.toString()).doesNotContain(TOKEN);
    }

    private void answer(HttpServerRequest request) {
        boolean allowed =
                switch (request.path()) {
                    case "/look" -> access.mayLook(request);
                    case "/follow", "/followed" -> access.mayFollow(request);
                    case "/act" -> access.mayAct(request);
                    case "/host" -> access.isForThisHost(request);
                    default -> isGiven(request);
                };
        if (!request.response().ended()) {
            request.response().setStatusCode(allowed ? 200 : 404).end();
        }
    }

    private boolean isGiven(HttpServerRequest request) {
        try {
            return access.forPage(request).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private int status(String path, String... headers) throws IOException {
        return ask(
                path, "Host: room.example.org\r\n" + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : ""));
    }

    private int ask(String path, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            String request = "GET " + path + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return Integer.parseInt(line.split(" ")[1]);
        }
    }
}
