package dev.drover.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterTest {

    private static final LetterKey KEY = new LetterKey("usr_06ek2v5w3xq9d4t8m1b7c0hzyn", "16ek2v5w3xq9d4t8m1b7c0hzyn");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org\r\nBcc: eve@example.org",
                "ada@example.org, eve@example.org",
                "Ada <ada@example.org>",
                "ada",
                "ada@example.org\n"
            })
    void anAddressIsOneAddressAndNothingElse(String to) {
        assertThatThrownBy(() -> new Letter(to, "Hello", "Text", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello\r\nBcc: eve@example.org", "Hello\nX: y", "Hello\u0085there", " "})
    void aSubjectBeginsNoOtherHeader(String subject) {
        assertThatThrownBy(() -> new Letter("ada@example.org", subject, "Text", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLetterShowsNothingOfItself() {
        assertThat(new Letter("ada@example.org", "Hello", "https://x/?token=t", Optional.empty()))
                .hasToString("Letter[***]");
    }

    @Test
    void aJobNamesItsLetterAndTellsNothingOfIt() {
        JsonObject payload = new JsonObject(MailJob.of(KEY).payload());

        assertThat(MailJob.letter(payload)).contains(KEY);
        assertThat(payload.fieldNames()).containsExactly("letter");
        assertThat(MailJob.of(KEY).id()).isEqualTo("job_mail_16ek2v5w3xq9d4t8m1b7c0hzyn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drover:{usr_06ek2v5w3xq9d4t8m1b7c0hzyn}:account",
                "drover:{ses_06ek2v5w3xq9d4t8m1b7c0hzyn}:letter:16ek2v5w3xq9d4t8m1b7c0hzyn",
                ""
            })
    void whatIsNoLetterIsReadByNobody(String name) {
        assertThat(MailJob.letter(new JsonObject().put("letter", name))).isEmpty();
    }
}
