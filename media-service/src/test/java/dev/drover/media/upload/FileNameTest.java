package dev.drover.media.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @Test
    void aNameIsKeptInNfc() {
        assertThat(FileName.parse("Gru\u0308ße.txt")).contains(new FileName("Gr\u00fcße.txt"));
    }

    @Test
    void itsLengthIsThatOfItsComposedForm() {
        assertThat(FileName.parse("u\u0308".repeat(255))).isPresent();
        assertThat(FileName.parse("u\u0308".repeat(256))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\r\nb", "a\u0000", "a\u0085b", "a\u2028b", "\ud800"})
    void whatCouldBreakALineOrIsNoTextIsRefused(String name) {
        assertThat(FileName.parse(name)).isEmpty();
    }
}
