package dev.drover.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentObjectTest {

    private final ObjectMapper json = new ObjectMapper();

    record Letter(SentObject payload, String more) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                "{\"a\":1}",
                " { \"a\" :\t[ 1 , 2.50,\r\n -0.0e-7 ] , \"b c\" : { \"d\" : null , \"e\":true} } ",
                "{\"a\":\"é € 😀 \u2028\"}",
                "{\"a\":\"blanks  stay \\t\\n\\r\\b\\f here\"}",
                "{\"a\":\"\\u00e9 \\u20AC \\ud83d\\ude00 \\u0041\"}",
                "{\"a\":\"\\ud83d alone \\ude00 \\ud83d\\ud83d\\ude00 \\ud83d\"}",
                "{\"a\":\"\\u0000\\u001f\\u0022\\u005c\\u002f\\/\\\\ \\\" \\\\u0041\"}",
                "{\"\\u0061 \\\"\":\"\\\\\",\"x\": \"{ \\\" } \"}"
            })
    void itIsTheSameObjectAndNoLonger(String sent) throws IOException {
        String text = read(sent.getBytes(StandardCharsets.UTF_8)).text();

        assertThat(json.readTree(text)).isEqualTo(json.readTree(sent));
        assertThat(text.length()).isLessThanOrEqualTo(sent.strip().length());
        assertThat(read(text.getBytes(StandardCharsets.UTF_8)).text())
                .as("once more")
                .isEqualTo(text);
    }

    @Test
    void itHasNoBlanksLettersForTheirNumbersAndEveryDigit() throws IOException {
        assertThat(text("{ \"n\" : [1.50, 1E400, 12345678901234567890.12345678901234567890] }"))
                .isEqualTo("{\"n\":[1.50,1E400,12345678901234567890.12345678901234567890]}");
        assertThat(text("{\"a\":\"\\u00e9\\ud83d\\ude00\\/\\u0022\"}")).isEqualTo("{\"a\":\"é😀/\\u0022\"}");
    }

    @Test
    void whatIsBehindItIsStillThere() throws IOException {
        byte[] body = "{\"a\":{\"b\":[{}]},\"c\":7}".getBytes(StandardCharsets.UTF_8);
        try (JsonParser from = json.createParser(body)) {
            from.nextToken();
            from.nextFieldName();
            from.nextToken();
            assertThat(SentObject.read(from, body).text()).isEqualTo("{\"b\":[{}]}");
            assertThat(from.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(from.nextFieldName()).isEqualTo("c");
        }
    }

    @Test
    void aBodyInAnotherEncodingIsReadToo() throws IOException {
        String sent = "{\"a\": \"é\", \"n\": 1.50}";
        assertThat(read(sent.getBytes(StandardCharsets.UTF_16BE)).text()).isEqualTo("{\"a\":\"é\",\"n\":1.50}");
        assertThat(read(("\ufeff" + sent).getBytes(StandardCharsets.UTF_8)).text())
                .isEqualTo("{\"a\":\"é\",\"n\":1.50}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":NaN}",
                "{\"a\":+1}",
                "{\"a\":'b'}",
                "{a:1}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":[}",
                "{\"a\":tru}"
            })
    void whatIsNoJsonIsNotTaken(String sent) {
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> read(sent.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void itIsBoundedInDepth() {
        String deep = "{\"a\":".repeat(1_001) + "1" + "}".repeat(1_001);
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> read(deep.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void boundAsAMemberItKeepsItsDigitsToo() throws IOException {
        assertThat(json.readValue("{\"payload\": {\"n\": 1.50, \"m\": [ ]}, \"more\": \"x\"}", Letter.class)
                        .payload()
                        .text())
                .isEqualTo("{\"n\":1.50,\"m\":[]}");
        assertThat(json.readValue("{\"payload\": null}", Letter.class).payload())
                .isNull();
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> json.readValue("{\"payload\": [1]}", Letter.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"payload\": []}",
                "{\"payload\": \"{}\"}",
                "{\"payload\": 7}",
                "{\"payload\": {}, \"text\": 1}"
            })
    void whatIsNoObjectIsNamed(String body) throws IOException {
        BodyForm form = new BodyForm(json, new BodyMembers(json));
        form.check(json.readTree(body), json.constructType(Letter.class), "");
        assertThat(form.isFlawless()).isFalse();
    }

    @Test
    void aKindOfBodyMayBeReadByItsOwnReading() throws IOException {
        BodyReading<Letter> own = new BodyReading<>() {
            @Override
            public Class<Letter> type() {
                return Letter.class;
            }

            @Override
            public Letter read(JsonParser from, byte[] body) throws IOException {
                from.nextToken();
                return new Letter(SentObject.read(from, body), "read by hand");
            }
        };
        StrictReading strict = new StrictReading(json, List.of(own));
        byte[] good = "{ \"x\": 1 }".getBytes(StandardCharsets.UTF_8);
        byte[] bad = "{ \"x\": }".getBytes(StandardCharsets.UTF_8);
        assertThat(strict.read(good, json.constructType(Letter.class)))
                .hasValueSatisfying(read -> assertThat(((Letter) read).more()).isEqualTo("read by hand"));
        byte[] more = "{ \"x\": 1 } {}".getBytes(StandardCharsets.UTF_8);
        assertThat(strict.read(bad, json.constructType(Letter.class))).isEmpty();
        assertThat(strict.read(more, json.constructType(Letter.class)))
                .as("text follows")
                .isEmpty();
    }

    private String text(String sent) throws IOException {
        return read(sent.getBytes(StandardCharsets.UTF_8)).text();
    }

    private SentObject read(byte[] body) throws IOException {
        try (JsonParser from = json.createParser(body)) {
            from.nextToken();
            return SentObject.read(from, body);
        }
    }
}
