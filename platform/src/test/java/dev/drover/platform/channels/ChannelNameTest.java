package dev.drover.platform.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNameTest {

    @Test
    void anAccountsEventsHaveAChannelOfTheirOwn() {
        assertThat(ChannelName.eventsOf("usr_a")).hasToString("user:usr_a:events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":a", "a b", "a}b", "{a}", "room:ä", "room:\u0430", "a\n", "*"})
    void aNameCannotLookLikeAnotherOrLeaveItsHashTag(String name) {
        assertThatThrownBy(() -> new ChannelName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameHas200CharactersAtMost() {
        assertThat(new ChannelName("a".repeat(200)).value()).hasSize(200);
        assertThatThrownBy(() -> new ChannelName("a".repeat(201))).isInstanceOf(IllegalArgumentException.class);
    }
}
