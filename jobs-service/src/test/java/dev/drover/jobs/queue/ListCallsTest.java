package dev.drover.jobs.queue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.platform.identity.Roles;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RequestCalls;
import dev.drover.testing.TestIdentity;

/** What the lists of everything there is ask of Redis: their rows in docs/api/calls.md. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ListCallsTest {

    @Inject
    Queues queues;

    @Test
    void aListOfAllQueuesOrLimitsTakesSoManyCallsForEach() throws IOException {
        queues.add(Queues.fresh());
        String admin = TestIdentity.withRoles(Roles.ADMIN).bearer();
        given().header("Authorization", admin)
                .contentType(ContentType.JSON)
                .body("{\"queues\": [\"" + Queues.fresh() + "\"], \"concurrency\": 1}")
                .put("/limits/l" + Queues.fresh())
                .then()
                .statusCode(200);
        for (String list : List.of("queues", "limits")) {
            // The first may teach Redis a script.
            get(admin, list);
            Response answer = get(admin, list);
            int items = answer.jsonPath().getList(list).size();
            assertThat(items).isPositive();
            assertThat(Integer.parseInt(answer.header(RequestCalls.HEADER)))
                    .as("%d %s", items, list)
                    .isEqualTo(documented(list, items));
        }
    }

    private static Response get(String admin, String list) {
        return given().header("Authorization", admin).get("/" + list);
    }

    private static int documented(String list, int items) throws IOException {
        String page = Files.readString(Path.of(System.getProperty("drover.home"), "docs", "api", "calls.md"));
        Matcher row = Pattern.compile("\\| `GET /" + list + "` \\| (\\d+) \\+ (\\d+) each \\|")
                .matcher(page);
        assertThat(row.find()).as("a row for GET /%s", list).isTrue();
        return Integer.parseInt(row.group(1)) + items * Integer.parseInt(row.group(2));
    }
}
