package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.drover.testing.DocumentedApi.Answer;

class DocumentedApiTest {

    private static final String PROBLEM = """
            {"type": "urn:drover:problem:%s", "title": "t", "status": %d, "code": "%s", "traceId": "x"}""";

    private final DocumentedApi api = DocumentedApi.ofTheRepository();

    @Test
    void anAnswerAsItIsWrittenDownHasNoFault() {
        assertThat(api.faults(get("/jobs/job_x", 404, problem("job_not_found", 404))))
                .isEmpty();
        assertThat(api.faults(get("/queues", 200, "{\"queues\": []}"))).isEmpty();
    }

    @Test
    void aMemberNobodyWroteDownIsFound() {
        assertThat(api.faults(get("/queues", 200, "{\"queues\": [], \"more\": 1}")))
                .singleElement()
                .asString()
                .contains("more");
    }

    @Test
    void aMissingMemberIsFound() {
        assertThat(api.faults(get("/queues", 200, "{}")))
                .singleElement()
                .asString()
                .contains("queues");
    }

    @Test
    void aCodeTheOperationDoesNotAnswerIsFound() {
        assertThat(api.faults(get("/jobs/job_x", 404, problem("profile_not_found", 404))))
                .isNotEmpty();
    }

    @Test
    void aStatusTheOperationDoesNotAnswerIsFound() {
        assertThat(api.faults(get("/queues", 202, "{\"queues\": []}"))).isNotEmpty();
    }

    @Test
    void aMissingHeaderIsFound() {
        Answer bare = new Answer("GET", "/queues", 200, Map.of("content-type", "application/json"), "{\"queues\": []}");

        assertThat(api.faults(bare)).contains("the header X-Served-By is missing");
    }

    @Test
    void successOnAPathNobodyWroteDownIsFound() {
        assertThat(api.faults(get("/secret", 200, "{}"))).isNotEmpty();
        assertThat(api.faults(get("/secret", 404, problem("not_found", 404)))).isEmpty();
    }

    private static String problem(String code, int status) {
        return PROBLEM.formatted(code, status, code);
    }

    private static Answer get(String path, int status, String body) {
        String type = status < 400 ? "application/json" : "application/problem+json";
        return new Answer(
                "GET",
                path,
                status,
                Map.of("content-type", type, "x-served-by", "here", "x-request-id", "request-1"),
                body);
    }
}
