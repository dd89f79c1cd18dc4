package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What the edge answers itself has the form of all other problems, so that a client needs to know one only. */
class EdgeProblemsTest {

    private static final Pattern ANSWER = Pattern.compile(
            "status (?<status>\\d{3}) content-type application/problem\\+json lf-string \"(?<body>(\\\\\"|[^\"])*)\"");

    @Test
    void itsOwnAnswersAreProblemsWithADocumentedCode() throws IOException {
        String config = Files.readString(Repository.DEPLOY.resolve("components/edge/haproxy.cfg"));
        String documented = Files.readString(Repository.HOME.resolve("docs/errors.md"));
        String page = documented.substring(documented.indexOf("## The gateway and the edge"));

        List<Integer> statuses = new ArrayList<>();
        for (Matcher answer = ANSWER.matcher(config); answer.find(); ) {
            JsonNode problem = new ObjectMapper().readTree(answer.group("body").replace("\\\"", "\""));
            String code = problem.path("code").asText();
            statuses.add(problem.path("status").asInt());

            assertThat(answer.group("status")).isEqualTo(problem.path("status").asText());
            assertThat(problem.path("type").asText()).isEqualTo("urn:drover:problem:" + code);
            assertThat(problem.path("detail").asText()).isNotEmpty();
            assertThat(page)
                    .contains("| `" + code + "` | " + problem.path("status").asText() + " | "
                            + problem.path("title").asText() + " |");
        }
        assertThat(statuses).containsExactlyInAnyOrder(404, 502, 503, 504);
        assertThat(config).doesNotContain("errorfile");
    }
}
