package dev.drover.jobs.schedule;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.Roles;
import dev.drover.testing.Eventually;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ScheduleResourceTest {

    private final String path = "/schedules/t-" + Ids.derive(UUID.randomUUID().toString());
    private final String queue = Queues.fresh().value();
    private TestIdentity.Login admin;

    @BeforeEach
    void logIn() {
        admin = TestIdentity.logIn("usr_0123456789abcdefghjkmnpqrs", Roles.ADMIN);
    }

    @AfterEach
    void delete() {
        asAdmin().header("If-Match", "*").delete(path);
    }

    @Test
    void aScheduleIsDefinedReadChangedAndDeleted() {
        put(Map.of(), null)
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", equalTo(path))
                .body("cron", equalTo("30 2 * * *"))
                .body("timeZone", equalTo("UTC"))
                .body("misfire", equalTo("once"))
                .body("paused", equalTo(false))
                .body("nextTickAt", notNullValue());
        HttpContract.problem(put(Map.of(), null).then(), 428, "precondition_required");
        put(Map.of("timeZone", "Europe/Berlin", "payload", Map.of("a", 1), "jitter", "PT5M"), "\"1\"")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("payload.a", equalTo(1))
                .body("jitter", equalTo("PT5M"));
        HttpContract.problem(put(Map.of(), "\"1\"").then(), 412, "precondition_failed");
        asAdmin().get(path).then().statusCode(200).body("timeZone", equalTo("Europe/Berlin"));
        HttpContract.problem(asAdmin().delete(path).then(), 428, "precondition_required");
        HttpContract.problem(asAdmin().header("If-Match", "\"1\"").delete(path).then(), 412, "precondition_failed");
        asAdmin().header("If-Match", "\"2\"").delete(path).then().statusCode(204);
        HttpContract.problem(asAdmin().get(path).then(), 404, "schedule_not_found");
        HttpContract.problem(put(Map.of(), "\"2\"").then(), 404, "schedule_not_found");
    }

    @Test
    void whatIsWrongWithADefinitionIsNamed() {
        for (Map.Entry<String, Object> wrong : Map.<String, Object>of(
                        "cron", "61 * * * *",
                        "timeZone", "Mars/Olympus",
                        "queue", "No Queue",
                        "type", "No Type",
                        "misfire", "sometimes",
                        "jitter", "P1D",
                        "payload", Map.of("a", "x".repeat(8 * 1024)))
                .entrySet()) {
            HttpContract.problem(
                            put(Map.of(wrong.getKey(), wrong.getValue()), null).then(), 400, "validation_failed")
                    .body("violations.pointer", hasItem("/" + wrong.getKey()));
        }
        HttpContract.problem(put(Map.of("cron", "0 0 30 2 *"), null).then(), 400, "validation_failed")
                .body("violations.message", hasItem("must come true some time"));
        HttpContract.problem(
                        put(Map.of("cron", "* * * * *", "jitter", "PT1M"), null).then(), 400, "validation_failed")
                .body("violations.message", hasItem("must be less than ticks are apart"));
    }

    @Test
    void aRunByHandIsAJobOfTheAdminsAndARepeatIsTheSame() {
        put(Map.of(), null).then().statusCode(201);
        String key = UUID.randomUUID().toString();
        String first = run(key).then()
                .statusCode(202)
                .body("cause", equalTo("run"))
                .body("jobId", startsWith("job_" + queue + "_"))
                .extract()
                .path("jobId");
        run(key).then().header("Location", equalTo("/jobs/" + first));
        run(key).then().statusCode(202).header("Idempotency-Replayed", "true").body("jobId", equalTo(first));
        Eventually.within(java.time.Duration.ofSeconds(5))
                .untilAsserted(() ->
                        asAdmin().get("/jobs/" + first).then().statusCode(200).body("type", equalTo("report.build")));
        asAdmin()
                .get(path + "/history")
                .then()
                .statusCode(200)
                .body("firings.jobId", equalTo(java.util.List.of(first)));
    }

    @Test
    void pausingAndGoingOnCanBeRepeated() {
        put(Map.of(), null).then().statusCode(201);
        for (int i = 0; i < 2; i++) {
            asAdmin()
                    .post(path + "/pause")
                    .then()
                    .statusCode(200)
                    .body("paused", equalTo(true))
                    .body("nextTickAt", nullValue());
        }
        put(Map.of(), "*").then().statusCode(200).body("paused", equalTo(true));
        for (int i = 0; i < 2; i++) {
            asAdmin()
                    .post(path + "/resume")
                    .then()
                    .statusCode(200)
                    .body("paused", equalTo(false))
                    .body("nextTickAt", notNullValue());
        }
        HttpContract.problem(asAdmin().post("/schedules/t-none/pause").then(), 404, "schedule_not_found");
    }

    @Test
    void allAreListedPageByPage() {
        put(Map.of(), null).then().statusCode(201);
        String other = path + "-b";
        asAdmin()
                .contentType(ContentType.JSON)
                .body(body(Map.of()))
                .put(other)
                .then()
                .statusCode(201);
        Response page = asAdmin().get("/schedules?limit=1");
        page.then().statusCode(200);
        boolean found = page.asString().contains(path.substring("/schedules/".length()) + "\"");
        while (page.path("nextCursor") != null) {
            String next = page.header("Link").replaceFirst("<(.*)>.*", "$1");
            page = asAdmin().get(next);
            page.then().statusCode(200);
            found |= page.asString().contains(path.substring("/schedules/".length()) + "\"");
        }
        assertThat(found).isTrue();
        asAdmin().header("If-Match", "*").delete(other).then().statusCode(204);
    }

    @Test
    void onlyAdminsSeeAndSetSchedules() {
        for (String role : new String[] {"user", Roles.WORKER}) {
            String bearer =
                    TestIdentity.logIn("usr_0123456789abcdefghjkmnpqrt", role).bearer();
            HttpContract.problem(
                    given().header("Authorization", bearer).get("/schedules").then(), 403, "forbidden");
            HttpContract.problem(
                    given().header("Authorization", bearer)
                            .contentType(ContentType.JSON)
                            .body(body(Map.of()))
                            .put(path)
                            .then(),
                    403,
                    "forbidden");
        }
    }

    private Response run(String key) {
        return asAdmin().header("Idempotency-Key", key).post(path + "/run");
    }

    private Response put(Map<String, Object> members, String ifMatch) {
        RequestSpecification request = asAdmin().contentType(ContentType.JSON).body(body(members));
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).put(path);
    }

    private Map<String, Object> body(Map<String, Object> members) {
        Map<String, Object> body = new HashMap<>(Map.of("cron", "30 2 * * *", "queue", queue, "type", "report.build"));
        body.putAll(members);
        return body;
    }

    private RequestSpecification asAdmin() {
        return given().header("Authorization", admin.bearer());
    }
}
