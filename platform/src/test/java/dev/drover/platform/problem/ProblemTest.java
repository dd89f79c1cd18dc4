package dev.drover.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ProblemTest {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void whatAProblemTypeAddsStandsBesideTheOtherMembers() throws JsonProcessingException {
        JsonNode body = write(Map.of("violated-policies", List.of("login")));

        assertThat(body.path("violated-policies").path(0).asText()).isEqualTo("login");
        assertThat(body.path("code").asText()).isEqualTo("rate_limited");
        assertThat(body.path("type").asText())
                .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
    }

    @Test
    void aProblemWithoutMoreToSayHasNoEmptyMembers() throws JsonProcessingException {
        assertThat(write(Map.of()).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "instance", "code", "traceId");
    }

    private JsonNode write(Map<String, Object> members) throws JsonProcessingException {
        Problem problem = Problem.of(
                new ServiceException(PlatformError.RATE_LIMITED, "Wait.", Duration.ofSeconds(1), members),
                "/auth/login",
                "0123");
        return json.readTree(json.writeValueAsString(problem));
    }
}
