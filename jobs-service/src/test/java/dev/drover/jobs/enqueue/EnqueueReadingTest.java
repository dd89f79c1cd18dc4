package dev.drover.jobs.enqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.problem.BodyReading;

class EnqueueReadingTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new JavaTimeModule()).disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

    private static final List<String> GOOD = List.of(
            "{}",
            "{\"queue\":\"a\",\"type\":\"b\",\"payload\":{\"n\":1}}",
            "{\"type\":\"b\",\"queue\":\"other\",\"payload\":{\"n\":[1.5,{}]},\"priority\":0,\"maxAttempts\":100}",
            "{\"queue\":null,\"type\":null,\"payload\":null,\"delay\":null,\"runAt\":null,\"priority\":null,\"maxAttempts\":null,"
                    + "\"backoff\":null,\"timeLimit\":null,\"group\":null,\"unique\":null,\"dependsOn\":null,\"onDependencyFailure\":null,\"quiet\":null}",
            "{\"delay\":\"PT1.5S\",\"timeLimit\":\"P1D\",\"group\":\"g\",\"quiet\":true}",
            "{\"runAt\":\"2026-01-01T00:00:00Z\",\"quiet\":false,\"group\":\"g\"}",
            "{\"runAt\":\"2026-01-01T01:00:00.123+01:00\"}",
            "{\"backoff\":{\"kind\":\"fixed\",\"delay\":\"PT1S\",\"jitter\":0}}",
            "{\"backoff\":{\"kind\":\"list\",\"delays\":[\"PT1S\",\"PT2S\"],\"max\":\"PT3S\",\"jitter\":0.25}}",
            "{\"unique\":{\"key\":\"k\",\"mode\":\"replace\",\"for\":\"PT1H\"},\"dependsOn\":[],\"onDependencyFailure\":\"run\"}",
            "{\"dependsOn\":[\"a\",\"b\"],\"backoff\":{},\"unique\":{}}",
            "{\"queue\":\"a\",\"queue\":\"b\"}");

    @Test
    void whatIsTakenIsWhatBindingMakesOfIt() throws IOException {
        for (String body : GOOD) {
            assertThat(read(new JobReading(), body))
                    .as(body)
                    .usingRecursiveComparison()
                    .isEqualTo(JSON.readValue(body, EnqueueRequest.class));
        }
    }

    @Test
    void eachOfABulkIsReadAsIfItWereAlone() throws IOException {
        String body = "{\"jobs\": [" + String.join(", ", GOOD) + "]}";

        assertThat(read(new BulkReading(), body))
                .usingRecursiveComparison()
                .isEqualTo(JSON.readValue(body, EnqueueRequest.Bulk.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{\"queue\":7}",
                "{\"queue\":{}}",
                "{\"queue\":[\"a\"]}",
                "{\"que\":\"a\"}",
                "{\"type\":true}",
                "{\"payload\":[]}",
                "{\"payload\":\"{}\"}",
                "{\"payload\":{\"a\":}}",
                "{\"delay\":7}",
                "{\"delay\":\"soon\"}",
                "{\"delay\":\"\"}",
                "{\"runAt\":\"today\"}",
                "{\"runAt\":0}",
                "{\"priority\":\"1\"}",
                "{\"priority\":1.0}",
                "{\"priority\":3000000000}",
                "{\"priority\":true}",
                "{\"maxAttempts\":[1]}",
                "{\"backoff\":\"fixed\"}",
                "{\"backoff\":{\"kinds\":\"fixed\"}}",
                "{\"backoff\":{\"jitter\":\"0.5\"}}",
                "{\"backoff\":{\"jitter\":\"NaN\"}}",
                "{\"backoff\":{\"delays\":[\"PT1S\",null]}}",
                "{\"backoff\":{\"delays\":[1]}}",
                "{\"backoff\":{\"delays\":\"PT1S\"}}",
                "{\"unique\":{\"length\":\"PT1S\"}}",
                "{\"unique\":[]}",
                "{\"dependsOn\":[null]}",
                "{\"dependsOn\":[[]]}",
                "{\"dependsOn\":{}}",
                "{\"quiet\":\"true\"}",
                "{\"quiet\":1}",
                "{\"queue\":\"a\""
            })
    void whatIsNotJustAsItShouldBeIsReadTheLongWay(String body) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read(new JobReading(), body));
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> read(new BulkReading(), "{\"jobs\":[{\"queue\":\"a\"}," + body + "]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"jobs\":{}}",
                "{\"jobs\":null}",
                "{\"jobs\":[7]}",
                "{\"jobs\":[{}],\"more\":1}",
                "{\"more\":1,\"jobs\":[{}]}",
                "{\"jobs\":[{}]",
                "{\"jobs\":[{},]}"
            })
    void aBulkIsOneListAndNothingElse(String body) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read(new BulkReading(), body));
    }

    private static <T> T read(BodyReading<T> reading, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (JsonParser from = JSON.createParser(bytes)) {
            return reading.read(from, bytes);
        }
    }
}
