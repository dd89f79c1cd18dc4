package dev.drover.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.json.runtime.JsonFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class FlatJsonFormatterTest {

    private final FlatJsonFormatter formatter =
            FlatJsonFormatter.of(new JsonFormatter("LOGGER_NAME=logger", Set.of("mdc", "ndc"), Map.of()));

    @Test
    void theFieldsOfARequestStandBesideTheMessageAndNumbersAreNumbers() throws Exception {
        ExtLogRecord entry = entry("GET /media/{id}: 200 in 7 ms");
        entry.putMdc("requestId", "order-4711");
        entry.putMdc("status", "200");
        entry.putMdc("durationMs", "7");

        JsonNode line = line(entry);

        assertThat(line.path("message").asText()).isEqualTo("GET /media/{id}: 200 in 7 ms");
        assertThat(line.path("logger").asText()).isEqualTo("dev.drover.request");
        assertThat(line.path("requestId").asText()).isEqualTo("order-4711");
        assertThat(line.path("status").isNumber()).isTrue();
        assertThat(line.path("durationMs").intValue()).isEqualTo(7);
        assertThat(line.has("mdc")).isFalse();
    }

    @Test
    void anExceptionIsAnObjectAndTheLineIsOne() throws Exception {
        ExtLogRecord entry = entry("it failed");
        entry.setThrown(new IllegalStateException("over\ntwo lines", new IllegalArgumentException("why")));

        String text = formatter.format(entry);
        JsonNode exception = new ObjectMapper().readTree(text).path("exception");

        assertThat(text.strip()).doesNotContain("\n");
        assertThat(exception.path("exceptionType").asText()).isEqualTo(IllegalStateException.class.getName());
        assertThat(exception.path("frames").isArray()).isTrue();
        assertThat(exception.path("causedBy").path("exception").path("message").asText())
                .isEqualTo("why");
    }

    private static ExtLogRecord entry(String message) {
        ExtLogRecord entry = new ExtLogRecord(Level.INFO, message, FlatJsonFormatterTest.class.getName());
        entry.setLoggerName("dev.drover.request");
        return entry;
    }

    private JsonNode line(ExtLogRecord entry) throws JsonProcessingException {
        return new ObjectMapper().readTree(formatter.format(entry));
    }
}
