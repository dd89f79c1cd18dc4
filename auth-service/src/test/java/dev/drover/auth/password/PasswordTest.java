package dev.drover.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordTest {

    @Test
    void twelveTo128CharactersOfAnyKindWillDo() {
        assertThat(Password.fault("zwölf Zeichen")).isEmpty();
        assertThat(Password.fault("🦊".repeat(119) + "and foxes")).isEmpty();
        assertThat(Password.fault("пароль из слов")).isEmpty();
        assertThat(Password.fault("with spaces   ")).isEmpty();
    }

    @Test
    void shorterLongerAndBrokenOnesAreRefused() {
        assertThat(Password.fault(null)).isPresent();
        assertThat(Password.fault("")).isPresent();
        assertThat(Password.fault("elevenchars")).isPresent();
        assertThat(Password.fault("🦊".repeat(11))).isPresent();
        assertThat(Password.fault("a".repeat(129))).isPresent();
        assertThat(Password.fault("a".repeat(1 << 20))).isPresent();
        assertThat(Password.fault("lone surrogate \ud800")).isPresent();
    }

    @Test
    void theSameCharactersGiveTheSameBytesHoweverTheyWereTyped() {
        assertThat(Password.presented("cafe\u0301").utf8())
                .isEqualTo(Password.presented("caf\u00e9").utf8());
    }

    @Test
    void itDoesNotShow() {
        assertThat(Password.presented("a long enough secret")).hasToString("***");
    }
}
