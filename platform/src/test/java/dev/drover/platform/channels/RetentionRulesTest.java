package dev.drover.platform.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionRulesTest {

    @Test
    void theFirstPatternThatMatchesCounts() {
        RetentionRules rules =
                RetentionRules.parse("room:*:typing 1 PT10S 1K; room:** 500 PT1H 2M;user:*:events 7 P1D 9");
        assertThat(rules.of(new ChannelName("room:42:typing")))
                .contains(new Retention(1, Duration.ofSeconds(10), 1 << 10));
        assertThat(rules.of(new ChannelName("room:42"))).contains(new Retention(500, Duration.ofHours(1), 2 << 20));
        assertThat(rules.of(new ChannelName("user:usr_1:events"))).contains(new Retention(7, Duration.ofDays(1), 9));
        assertThat(rules.of(new ChannelName("public:42"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "room:**",
                "room:** 0 PT1H 1M",
                "room:** 10 PT0S 1M",
                "room:** 10 P1Y 1M",
                "room:** 10 P31D 1M",
                "room:** 10 PT1H 0",
                "room:** 10 PT1H 9999999999M",
                "r**m 10 PT1H 1M",
                "room:** 10 PT1H 1M;;room:**"
            })
    void whatIsNoRuleIsRefused(String text) {
        assertThat(RetentionRules.isValid(text)).isFalse();
    }

    @Test
    void thePresenceOfAChannelIsAChannelBesideIt() {
        ChannelName room = new ChannelName("room:42");
        assertThat(room.presence().presenceOf()).contains(room);
        assertThat(ChannelKeys.wakeUp(room)).isEqualTo("drover:{ch:room:42}:wake");
        assertThat(ChannelKeys.wakeUp(room.presence())).isEqualTo("drover:{ch:room:42}:presence-wake");
        assertThat(room.presence().hasPresence()).isFalse();
        assertThat(new ChannelName("a".repeat(192)).hasPresence()).isFalse();
    }
}
