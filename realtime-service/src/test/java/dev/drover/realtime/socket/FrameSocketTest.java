package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** What a client may not say. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class FrameSocketTest {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final TestIdentity.Login alice = TestIdentity.logIn();

    @Test
    void whatIsNoFrameIsAnErrorAndNotTheEnd() {
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            assertThat(malformed(socket, "{nope")).startsWith("Not valid JSON at line 1, column ");
            assertThat(malformed(socket, "[]")).isEqualTo("Send one JSON object per frame.");
            assertThat(malformed(socket, "{\"type\":\"ping\"}\n{}")).startsWith("Text follows the object at line 2, ");
            assertThat(malformed(socket, "{\"type\":\"ping\",\"type\":\"ping\"}"))
                    .startsWith("A member is named twice at line 1, column ");
            assertThat(malformed(socket, "[".repeat(5_000))).startsWith("Nested too deep");
            socket.send("{}").nextError("validation_failed");
            socket.send("{\"type\":\"dance\"}").nextError("unknown_frame");
            assertThat(socket
                            .send("{\"type\":\"ping\",\"loud\":true,\"a/b\":1}")
                            .nextError("unknown_field")
                            .getJsonArray("violations")
                            .stream()
                            .map(violation -> ((JsonObject) violation).getString("pointer")))
                    .containsExactly("/a~1b", "/loud");
            socket.send("{\"type\":\"subscribe\",\"channel\":\"\"}").nextError("validation_failed");
            socket.send("{\"type\":\"subscribe\",\"channel\":\"public:x\",\"since\":{\"epoch\":\"e\",\"offset\":-1}}")
                    .nextError("validation_failed");
            socket.send("{\"type\":\"publish\",\"channel\":\"public:x\",\"id\":\"a b\",\"data\":1}")
                    .nextError("validation_failed");
            socket.send("{\"type\":\"publish\",\"channel\":\"public:x\",\"id\":\"a\"}")
                    .nextError("validation_failed");
            socket.hasNothingElse();
        }
    }

    @Test
    void aFrameOverTheLimitIsRefusedByName() {
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            socket.send("{\"type\":\"ping\",\"x\":\"" + "y".repeat(40_000) + "\"}");
            socket.nextError("frame_too_large");
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aBinaryFrameIsRefusedByName() {
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            socket.sendBinary();
            socket.nextError("binary_frame");
            assertThat(socket.closeCode()).isEqualTo(1003);
        }
    }

    private static String malformed(LiveSocket socket, String frame) {
        return socket.send(frame).nextError("malformed_json").getString("detail");
    }
}
