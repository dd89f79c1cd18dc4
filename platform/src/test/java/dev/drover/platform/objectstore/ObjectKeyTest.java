package dev.drover.platform.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {

    @Test
    void plainSegmentsMakeAKey() {
        assertThat(new ObjectKey("media/usr_a/med_b/avatar64")).hasToString("media/usr_a/med_b/avatar64");
        assertThat(new ObjectKey("a/..b/c.")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/../b", "a/..", ".", "a b", "a\nb", "ä", "a?b", "a%2fb"})
    void whatCouldMeanSomethingElseElsewhereIsNoKey(String text) {
        assertThatThrownBy(() -> new ObjectKey(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
