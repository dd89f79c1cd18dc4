package dev.drover.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictReadingTest {

    /** As Quarkus has it: what is not known is passed over, unless somebody looks. */
    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private final StrictReading strict = new StrictReading(json, List.of());

    enum Colour {
        RED
    }

    record Part(String text, List<String> words, Double share) {}

    record Body(
            String name,
            Integer count,
            long total,
            Boolean urgent,
            boolean loud,
            Duration delay,
            Instant at,
            Colour colour,
            ObjectNode payload,
            JsonNode any,
            List<Part> parts) {}

    @Test
    void aGoodBodyIsReadAtOnce() throws IOException {
        String body = """
                {"name": "a", "count": 1, "total": 2, "urgent": true, "loud": false, "delay": "PT1S", "at": "2026-01-01T00:00:00Z",
                 "colour": "RED", "payload": {"x": [1.50]}, "any": [null], "parts": [{"text": null, "words": ["a", null], "share": 0.5}]}""";

        assertThat(read(body)).isEqualTo(json.readValue(body, Body.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": 7}",
                "{\"name\": true}",
                "{\"name\": 1.5}",
                "{\"name\": {}}",
                "{\"count\": \"7\"}",
                "{\"count\": \"\"}",
                "{\"count\": 1.5}",
                "{\"count\": true}",
                "{\"count\": 3000000000}",
                "{\"total\": \"7\"}",
                "{\"urgent\": 1}",
                "{\"urgent\": \"true\"}",
                "{\"loud\": 0}",
                "{\"loud\": \"\"}",
                "{\"delay\": \"soon\"}",
                "{\"delay\": \"\"}",
                "{\"delay\": 5}",
                "{\"at\": \" \"}",
                "{\"at\": 1795394008}",
                "{\"delay\": []}",
                "{\"at\": \"today\"}",
                "{\"colour\": \"BLUE\"}",
                "{\"colour\": {}}",
                "{\"payload\": []}",
                "{\"payload\": \"\"}",
                "{\"payload\": 7}",
                "{\"parts\": {}}",
                "{\"parts\": \"\"}",
                "{\"parts\": [7]}",
                "{\"parts\": [\"\"]}",
                "{\"parts\": [[]]}",
                "{\"parts\": [{\"share\": \"NaN\"}]}",
                "{\"parts\": [{\"share\": \"0.5\"}]}",
                "{\"parts\": [{\"share\": true}]}",
                "{\"parts\": [{\"words\": [1]}]}",
                "{\"parts\": [{\"words\": \"a\"}]}",
                "{\"parts\": [{\"more\": 1}]}",
                "{\"more\": 1}"
            })
    void whatHasAFaultIsNotRead(String body) throws IOException {
        BodyForm form = new BodyForm(json, new BodyMembers(json));
        form.check(json.readTree(body), type(), "");
        assertThat(form.isFlawless()).as("it has one").isFalse();

        assertThat(read(body)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "\"\"", "{", "{\"name\": 1"})
    void whatIsNoObjectIsNotRead(String body) throws IOException {
        assertThat(read(body)).isNull();
    }

    private Object read(String body) throws IOException {
        return strict.read(body.getBytes(StandardCharsets.UTF_8), type()).orElse(null);
    }

    private JavaType type() {
        return json.constructType(Body.class);
    }
}
