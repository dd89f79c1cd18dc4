package dev.drover.realtime.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.channels.ChannelName;
import dev.drover.realtime.delivery.WakeUp.Carried;

class WakeUpTest {

    private static final ChannelName ROOM = new ChannelName("room:42");

    @Test
    void aMessageIsCarriedWhole() {
        String data = "{\"a\":\"hej: \u00e5 \ud83d\ude00\"}";
        assertThat(carried("ep:17:1700000000123:3:5:0:i:1usr_a" + data))
                .contains(new Carried(
                        "ep",
                        new ChannelMessage(
                                17, "i:1", data, "usr_a", Instant.ofEpochMilli(1_700_000_000_123L), Optional.empty())));
        assertThat(carried("ep:1:5:1:6:4:xsystemt-00null")
                        .orElseThrow()
                        .message()
                        .trace())
                .contains("t-00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ep:17",
                "ep:17:1",
                "ep:17:1:1:1:0:",
                "ep:17:1:1:1:0:xy",
                "ep:17:1:99:1:0:xy1",
                "ep:x:1:1:1:0:xy1",
                "ep:17:1:-1:1:0:xy1",
                "ep:1111111111111111111:1:1:1:0:xy1"
            })
    void whatIsNotWholeIsAWakeUpOnly(String payload) {
        assertThat(carried(payload)).isEmpty();
    }

    private static Optional<Carried> carried(String payload) {
        return WakeUp.of(ROOM, payload.getBytes(StandardCharsets.UTF_8)).message();
    }
}
