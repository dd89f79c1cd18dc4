package dev.drover.platform.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelPatternTest {

    @ParameterizedTest
    @CsvSource({
        "user:{sub}:**, user:usr_1:events, true",
        "user:{sub}:**, user:usr_1:events:media, true",
        "user:{sub}:**, user:usr_1, false",
        "user:{sub}:**, user:usr_10:events, false",
        "user:{sub}:**, user:usr_:events, false",
        "user:{sub}:**, user:usr_2:usr_1:events, false",
        "user:{sub}:**, User:usr_1:events, false",
        "user:{sub}:events, user:usr_1:events:media, false",
        "user:1:*, user:10:x, false",
        "user:1:*, user:1:x, true",
        "user:1:*, user:1:x:y, false",
        "room:**, room:42, true",
        "room:**, room::42, false",
        "room:**, room:42:, false",
        "room:**, rooms:42, false",
        "room:*:typing, room:42:typing, true",
        "room:*:typing, room:42:reading, false",
    })
    void segmentsAreComparedWhole(String pattern, String channel, boolean matches) {
        assertThat(ChannelPattern.parse(pattern).matches(new ChannelName(channel), "usr_1"))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a::b", "**:a", "user:{who}:x", "us*", "a b", "room:\u0435", "\uFF55ser:x"})
    void whatIsNoPatternIsRefused(String text) {
        assertThatThrownBy(() -> ChannelPattern.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
