package dev.drover.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"Ada", "Zoë Ångström", "李小龍", "🦊", "O'Hara-Smith, Jr."})
    void namesOfAllKindsAreTaken(String name) {
        assertThat(DisplayName.fault(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\nb", "a\u0000b", "a\u202eb", "a\u200bb", "a\u2028b", "a\ud800"})
    void blankAndDeceivingNamesAreRefused(String name) {
        assertThat(DisplayName.fault(name)).isPresent();
    }

    @Test
    void lengthCountsCharactersNotBytes() {
        assertThat(DisplayName.fault("🦊".repeat(80))).isEmpty();
        assertThat(DisplayName.fault("🦊".repeat(81))).isPresent();
    }

    @Test
    void aNameIsTrimmedAndComposed() {
        assertThat(new DisplayName(" e\u0301va ")).isEqualTo(new DisplayName("\u00e9va"));
    }
}
