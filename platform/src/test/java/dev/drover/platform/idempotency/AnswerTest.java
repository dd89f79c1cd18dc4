package dev.drover.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    private static final Answer ANSWER = new Answer(
            201,
            Map.of("Location", List.of("/media/med_x"), "Set-Cookie", List.of("a=1", "b=2")),
            "{\"name\":\"Grüße 🐄\"}".getBytes(StandardCharsets.UTF_8),
            "ses_x");

    @Test
    void itComesBackAsItWas() {
        Answer back = Answer.fromBytes(ANSWER.toBytes()).orElseThrow();

        assertThat(back.status()).isEqualTo(ANSWER.status());
        assertThat(back.headers()).isEqualTo(ANSWER.headers());
        assertThat(back.body()).isEqualTo(ANSWER.body());
        assertThat(back.session()).isEqualTo(ANSWER.session());
    }

    @Test
    void anUnknownFormIsNoAnswer() {
        byte[] newer = ANSWER.toBytes();
        newer[0]++;
        assertThat(Answer.fromBytes(newer)).isEmpty();
        assertThat(Answer.fromBytes(new byte[] {1})).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 303, 400, 410, 413, 415, 422})
    void whatFollowsFromTheRequestIsRecorded(int status) {
        assertThat(Answer.isRecorded(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 409, 412, 425, 428, 429, 500, 502, 503})
    void whatMayBeOtherwiseNextTimeIsNot(int status) {
        assertThat(Answer.isRecorded(status)).isFalse();
    }
}
