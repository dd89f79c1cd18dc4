package dev.drover.media.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"Gru\u0308ße.txt", "a\r\nb", "a\u0000", "a\u2028b", "../../x", "\u202Etxt.exe", "🐄"})
    void aNameIsKeptAsItIs(String name) {
        assertThat(FileName.parse(name).orElseThrow().value()).isEqualTo(name);
    }

    @Test
    void itsLengthIsCountedInCharacters() {
        assertThat(FileName.parse("🐄".repeat(1_000))).isPresent();
        assertThat(FileName.parse("🐄".repeat(1_001))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\ud800"})
    void whatIsNoTextIsRefused(String name) {
        assertThat(FileName.parse(name)).isEmpty();
    }
}
