package dev.drover.media.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDispositionTest {

    @Test
    void picturesAreShownAndEverythingElseIsSaved() {
        assertThat(ContentDisposition.of("image/png", "a.png").header()).startsWith("inline; ");
        assertThat(ContentDisposition.of("image/svg+xml", "a.svg").header()).startsWith("attachment; ");
        assertThat(ContentDisposition.of("text/plain", "a.txt").header())
                .isEqualTo("attachment; filename=\"a.txt\"; filename*=UTF-8''a.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\"; filename=\"b",
                "a\\",
                "a;b",
                "../../x",
                "\u202Etxt",
                "🐄.jpg",
                "a%22b",
                "a'b",
                "a\r\nSet-Cookie: b",
                "a\u0000"
            })
    void noNameLeavesItsPlace(String name) {
        assertThat(ContentDisposition.of("text/plain", name).header())
                .matches("attachment; filename=\"[^\"\\\\/%;]*\"; filename\\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]*");
    }

    @Test
    void theFullNameIsThereByItsBytes() {
        assertThat(ContentDisposition.of("text/plain", "🐄 ü.txt").header())
                .endsWith("filename*=UTF-8''%F0%9F%90%84%20%C3%BC.txt");
    }

    @Test
    void ofALongNameItsBeginningAndItsEndingStandInTheHeader() {
        String header =
                ContentDisposition.of("text/plain", "🐄".repeat(996) + ".txt").header();

        assertThat(header).hasSizeLessThan(1_500).endsWith("%F0%9F%90%84.txt").contains("_.txt\"");
        assertThat(ContentDisposition.of("text/plain", "x".repeat(1_000)).header())
                .contains("\"" + "x".repeat(100) + "\"");
    }
}
