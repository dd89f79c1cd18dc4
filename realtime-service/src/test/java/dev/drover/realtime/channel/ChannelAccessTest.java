package dev.drover.realtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.channels.ChannelName;
import dev.drover.realtime.channel.ChannelAccess.Verb;

class ChannelAccessTest {

    @ParameterizedTest
    @CsvSource({
        "user:usr_1:events, true, false",
        "user:usr_1:events:media, true, false",
        "user:usr_1:devices, true, true",
        "public:news, true, true",
        "room:42, true, true",
        "room:42:typing, true, true",
    })
    void theCallerMay(String channel, boolean read, boolean publish) {
        assertThat(ChannelAccess.isAllowed(Verb.READ, new ChannelName(channel), "usr_1"))
                .isEqualTo(read);
        assertThat(ChannelAccess.isAllowed(Verb.PUBLISH, new ChannelName(channel), "usr_1"))
                .isEqualTo(publish);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user:usr_10:events",
                "user:usr_:events",
                "user:usr_1",
                "user:usr_1:",
                "user::events",
                "user:usr_2:usr_1:events",
                "users:usr_1:events",
                "User:usr_1:events",
                "public",
                "public:",
                "publicity:x",
                "room",
                "room::42",
                "room:42:",
                "admin:x",
                "x"
            })
    void nobodyElseMayAnything(String channel) {
        assertThat(ChannelAccess.isAllowed(Verb.READ, new ChannelName(channel), "usr_1"))
                .isFalse();
        assertThat(ChannelAccess.isAllowed(Verb.PUBLISH, new ChannelName(channel), "usr_1"))
                .isFalse();
    }
}
