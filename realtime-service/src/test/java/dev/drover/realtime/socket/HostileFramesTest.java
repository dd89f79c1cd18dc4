package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** What no client library sends. Whoever else is connected notices nothing of it. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class HostileFramesTest {

    private static final byte[] NO_UTF8 = {'"', (byte) 0xC3, (byte) 0x28, '"'};
    private static final int RESERVED = 0x3;
    /** As an extension marks it that was not agreed on. */
    private static final int COMPRESSED = 0x40;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final TestIdentity.Login alice = TestIdentity.logIn();

    @Test
    void bytesThatAreNoUtf8EndTheSocket() throws IOException {
        assertClosed(1007, raw -> raw.frame(RawSocket.FINAL | RawSocket.TEXT, NO_UTF8));
    }

    @Test
    void bytesThatAreNoUtf8InALaterFragmentEndTheSocket() throws IOException {
        assertClosed(
                1007, raw -> raw.frame(RawSocket.TEXT, "\"a").frame(RawSocket.FINAL | RawSocket.CONTINUATION, NO_UTF8));
    }

    @Test
    void whatIsNoWebSocketFrameEndsTheSocket() throws IOException {
        assertClosed(1002, raw -> raw.frame(RawSocket.FINAL | RESERVED, "x"));
        assertClosed(1002, raw -> raw.frame(RawSocket.FINAL | COMPRESSED | RawSocket.TEXT, "x"));
        assertClosed(1002, raw -> raw.frame(RawSocket.FINAL | RawSocket.CONTINUATION, "x"));
        assertClosed(1002, raw -> raw.frame(RawSocket.PING, "x"));
        assertClosed(1002, raw -> raw.frame(RawSocket.FINAL | RawSocket.PING, "x".repeat(126)));
        assertClosed(1002, raw -> raw.frame(RawSocket.TEXT, "x").frame(RawSocket.FINAL | RawSocket.TEXT, "x"));
        assertClosed(1002, raw -> raw.bytes(new byte[] {(byte) (RawSocket.FINAL | RawSocket.TEXT), 2, '{', '}'}));
    }

    @Test
    void aFrameThatClaimsToBeHugeEndsTheSocketBeforeItIsThere() throws IOException {
        assertClosed(
                1009, raw -> raw.bytes(RawSocket.header(RawSocket.FINAL | RawSocket.TEXT, Integer.MAX_VALUE, 0x80)));
    }

    @Test
    void aMessageInFragmentsWithoutEndEndsTheSocketAtTheSameSize() throws IOException {
        String part = "x".repeat(1_000);
        assertClosed(1009, raw -> {
            raw.frame(RawSocket.TEXT, "\"");
            for (int i = 0; i < 66; i++) {
                raw.frame(RawSocket.CONTINUATION, part);
            }
        });
    }

    @Test
    void aMessageInManyFragmentsIsOneMessage() throws IOException {
        try (RawSocket raw = RawSocket.open(port, alice.bearer())) {
            assertThat(raw.text()).contains("\"ready\"");
            byte[] ping = "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < ping.length; i++) {
                raw.frame(i == 0 ? RawSocket.TEXT : RawSocket.CONTINUATION, new byte[] {ping[i]});
                raw.frame(RawSocket.CONTINUATION, "");
            }
            raw.frame(RawSocket.FINAL | RawSocket.CONTINUATION, "");
            assertThat(raw.text()).contains("\"pong\"");
        }
    }

    @Test
    void binaryIsRefusedByName() throws IOException {
        try (RawSocket raw = RawSocket.open(port, alice.bearer())) {
            assertThat(raw.text()).contains("\"ready\"");
            raw.frame(RawSocket.FINAL | RawSocket.BINARY, "{\"type\":\"ping\"}");
            assertThat(raw.text()).contains("\"binary_frame\"");
            assertThat(raw.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void moreFramesThanAreWaitedForEndTheSocket() throws IOException {
        try (RawSocket raw = RawSocket.open(port, alice.bearer())) {
            byte[] subscribe = "{\"type\":\"subscribe\",\"channel\":\"public:flood\"}".getBytes(StandardCharsets.UTF_8);
            try {
                for (int i = 0; i < 20_000; i++) {
                    raw.frame(RawSocket.FINAL | RawSocket.TEXT, subscribe);
                }
            } catch (IOException e) {
                // It was closed in the middle of it.
            }
            assertThat(raw.closeCode()).isIn(4009, 4008, 1006);
        }
    }

    private interface Attack {
        void on(RawSocket raw) throws IOException;
    }

    private void assertClosed(int code, Attack attack) throws IOException {
        try (LiveSocket bystander = LiveSocket.of(port, alice);
                RawSocket raw = RawSocket.open(port, alice.bearer())) {
            assertThat(raw.text()).contains("\"ready\"");
            attack.on(raw);
            assertThat(raw.closeCode()).isEqualTo(code);
            bystander.hasNothingElse();
        }
    }
}
