package dev.drover.realtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.channels.ChannelName;

class ChannelRulesTest {

    @ParameterizedTest
    @CsvSource({
        "user:usr_1:events, everyone, -, everyone, -",
        "user:usr_1:events:media, everyone, -, everyone, -",
        "user:usr_1:devices, everyone, everyone, everyone, everyone",
        "public:news, everyone, everyone, everyone, everyone",
        "room:42, members, members, members, members",
        "room:42:typing, members, members, members, members",
    })
    void theCallerMay(String channel, String read, String publish, String history, String presence) {
        assertThat(who(Verb.READ, channel)).isEqualTo(read);
        assertThat(who(Verb.PUBLISH, channel)).isEqualTo(publish);
        assertThat(who(Verb.HISTORY, channel)).isEqualTo(history);
        assertThat(who(Verb.PRESENCE, channel)).isEqualTo(presence);
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
                "presence:room:42",
                "admin:x",
                "x"
            })
    void nobodyElseMayAnything(String channel) {
        for (Verb verb : Verb.values()) {
            assertThat(who(verb, channel)).as("%s", verb).isEqualTo("-");
        }
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void theFirstPatternThatMatchesDecidesAndWhatItDoesNotNameNobodyMay(Verb verb) {
        ChannelRules rules =
                ChannelRules.parse("room:hall read ; room:** read=members publish=members presence history");
        assertThat(rules.who(verb, new ChannelName("room:hall"), "usr_1").isPresent())
                .isEqualTo(verb == Verb.READ);
        assertThat(rules.who(verb, new ChannelName("room:42"), "usr_1")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "room:** write",
                "room:** read=all",
                "room:**read",
                "ro*m:x read",
                "room:\u0435 read",
                "a read;" + " ;"
            })
    void whatIsNoRuleIsRefused(String text) {
        assertThat(ChannelRules.isValid(text)).isFalse();
    }

    private static String who(Verb verb, String channel) {
        return ChannelRules.DEFAULT
                .who(verb, new ChannelName(channel), "usr_1")
                .map(who -> who.name().toLowerCase(Locale.ROOT))
                .orElse("-");
    }
}
