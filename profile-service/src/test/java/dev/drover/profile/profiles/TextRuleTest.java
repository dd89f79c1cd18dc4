package dev.drover.profile.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRuleTest {

    @Test
    void textIsBroughtToNfc() {
        assertThat(TextRule.DISPLAY_NAME.normalise("Ame\u0301lie")).contains("Am\u00e9lie");
    }

    @Test
    void lengthIsCountedInCharactersAfterNormalisation() {
        assertThat(TextRule.DISPLAY_NAME.normalise("e\u0301".repeat(80))).contains("\u00e9".repeat(80));
        assertThat(TextRule.DISPLAY_NAME.normalise("\ud83d\udc04".repeat(80))).isPresent();
        assertThat(TextRule.DISPLAY_NAME.normalise("\ud83d\udc04".repeat(81))).isEmpty();
        assertThat(TextRule.BIO.normalise("x".repeat(500))).isPresent();
        assertThat(TextRule.BIO.normalise("x".repeat(501))).isEmpty();
    }

    @Test
    void lineFeedsAreForTheBioOnly() {
        assertThat(TextRule.BIO.normalise("one\r\ntwo\nthree")).contains("one\ntwo\nthree");
        assertThat(TextRule.BIO.normalise("one\rtwo")).isEmpty();
        assertThat(TextRule.DISPLAY_NAME.normalise("one\ntwo")).isEmpty();
    }

    @Test
    void spaceAroundANameIsNoPartOfIt() {
        assertThat(TextRule.DISPLAY_NAME.normalise("  Ada  Lovelace ")).contains("Ada  Lovelace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\u0007b",
                "a\tb",
                "a\u007fb",
                "a\u0085b",
                "a\u2028b",
                "a\u202eb",
                "a\u2067b",
                "a\ud800b"
            })
    void whatCannotBeReadOrMisleadsIsRefused(String text) {
        assertThat(TextRule.DISPLAY_NAME.normalise(text)).isEmpty();
        assertThat(TextRule.BIO.normalise(text)).isEmpty();
    }

    /** What is refused must not depend on the Unicode version of the instance's Java. */
    @Test
    void charactersThisJavaDoesNotKnowAreText() {
        assertThat(TextRule.DISPLAY_NAME.normalise("\ud83e\udfff")).isPresent();
    }

    @Test
    void joinedEmojiAndOtherScriptsAreText() {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        assertThat(TextRule.DISPLAY_NAME.normalise(family)).contains(family);
        assertThat(TextRule.DISPLAY_NAME.normalise("\u05d0\u05d1\u05d2 \u0639\u0631\u0628\u064a"))
                .isPresent();
    }
}
