package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelLog;
import dev.drover.platform.channels.ChannelName;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class SlowConsumerTest {

    private static final int MESSAGE_BYTES = 200_000;
    private static final int ENOUGH_TO_FILL_ALL_BUFFERS = 200;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    ChannelLog log;

    @Inject
    Clients clients;

    @Inject
    MeterRegistry meters;

    private final ChannelName room = new ChannelName("public:" + UUID.randomUUID());

    @Test
    void whoDoesNotReadIsToldAndClosedAndHoldsUpNobody() {
        TestIdentity.Login login = TestIdentity.logIn();
        try (LiveSocket slow =
                        LiveSocket.open(port, LiveSocket.handshake().header("Authorization", login.bearer()), false);
                LiveSocket quick = LiveSocket.of(port, login)) {
            slow.send(new JsonObject().put("type", "subscribe").put("channel", room.value()));
            quick.subscribe(room.value());

            double before = slowConsumers();
            floodUntil(quick, () -> slowConsumers() > before);

            // At once: who takes nothing at all for the stall time-out is cut off without a word.
            slow.read();
            JsonObject frame = slow.next();
            long expected = 0;
            while (!frame.getString("type").equals("error")) {
                if (frame.getString("type").equals("message")) {
                    expected++;
                    assertThat(frame.getLong("offset")).isEqualTo(expected);
                }
                frame = slow.next();
            }
            assertThat(frame.getString("code")).isEqualTo("slow_consumer");
            assertThat(slow.closeCode()).isEqualTo(4008);
            quick.hasNothingElse();
        }
    }

    @Test
    void whoNeverReadsIsGoneAfterAWhile() {
        TestIdentity.Login login = TestIdentity.logIn();
        try (LiveSocket quick = LiveSocket.of(port, login);
                LiveSocket slow =
                        LiveSocket.open(port, LiveSocket.handshake().header("Authorization", login.bearer()), false)) {
            slow.send(new JsonObject().put("type", "subscribe").put("channel", room.value()));
            quick.subscribe(room.value());
            int before = clients.size();

            floodUntil(quick, () -> clients.size() < before);

            Eventually.within(Duration.ofSeconds(15)).until(() -> clients.size() < before);
            quick.hasNothingElse();
        }
    }

    private double slowConsumers() {
        return meters.counter("drover.realtime.slow_consumers").count();
    }

    /** Fills the buffers on the way to whoever does not read, as far as it takes. */
    private void floodUntil(LiveSocket quick, BooleanSupplier full) {
        String data = "\"" + "x".repeat(MESSAGE_BYTES) + "\"";
        for (int i = 1; i <= ENOUGH_TO_FILL_ALL_BUFFERS && !full.getAsBoolean(); i++) {
            log.append(room, "m" + i, data, "system", Duration.ofMinutes(2));
            assertThat(quick.next("message").getLong("offset")).isEqualTo(i);
        }
    }
}
