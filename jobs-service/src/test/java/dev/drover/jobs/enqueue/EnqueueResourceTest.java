package dev.drover.jobs.enqueue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.util.Map;
import java.util.UUID;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class EnqueueResourceTest {

    private final QueueName name = Queues.fresh();
    private TestIdentity.Login login;

    @BeforeEach
    void logIn() {
        login = TestIdentity.logIn();
    }

    @Test
    void aJobIsAcceptedAndCanBeReadByItsOwner() {
        Response accepted = post(Map.of("queue", name.value(), "type", "report.build", "payload", Map.of("month", 7)));
        String id = accepted.then()
                .statusCode(202)
                .body("id", startsWith("job_" + name + "_"))
                .body("queue", equalTo(name.value()))
                .body("type", equalTo("report.build"))
                .body("state", equalTo("waiting"))
                .body("attempt", equalTo(0))
                .body("createdAt", endsWith("Z"))
                .extract()
                .path("id");
        accepted.then().header("Location", equalTo("/jobs/" + id));
        given().header("Cookie", login.cookieHeader())
                .get("/jobs/" + id)
                .then()
                .statusCode(200)
                .body("payload.month", equalTo(7))
                .body("result", nullValue())
                .body("error", nullValue())
                .body("attempts.size()", equalTo(0));
    }

    @Test
    void aRetryWithTheSameKeyIsTheSameJob() {
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = Map.of("queue", name.value(), "type", "report.build", "payload", Map.of("a", 1));
        String first = post(body, key).then().statusCode(202).extract().path("id");
        post(body, key)
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(first));
        HttpContract.problem(
                post(Map.of("queue", name.value(), "type", "report.build", "payload", Map.of("a", 2)), key)
                        .then(),
                422,
                "idempotency_key_reused");
    }

    @Test
    void theSameKeyOfAnotherAccountIsAnotherJob() {
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = Map.of("queue", name.value(), "type", "report.build");
        String first = post(body, key).then().statusCode(202).extract().path("id");
        login = TestIdentity.logIn();
        post(body, key).then().statusCode(202).header("Idempotency-Replayed", nullValue());
        HttpContract.problem(
                given().header("Authorization", login.bearer())
                        .get("/jobs/" + first)
                        .then(),
                404,
                "job_not_found");
    }

    @Test
    void aDelayedJobIsScheduled() {
        post(Map.of("queue", name.value(), "type", "report.build", "delay", "PT1H"))
                .then()
                .statusCode(202)
                .body("state", equalTo("scheduled"));
        HttpContract.problem(
                post(Map.of("queue", name.value(), "type", "report.build", "delay", "-PT1H"))
                        .then(),
                400,
                "validation_failed");
        HttpContract.problem(
                post(Map.of(
                                "queue", name.value(),
                                "type", "report.build",
                                "delay", "PT1H",
                                "runAt", "2030-01-01T00:00:00Z"))
                        .then(),
                400,
                "validation_failed");
    }

    @Test
    void whatIsMissingOrMalformedIsNamed() {
        HttpContract.problem(post(Map.of("queue", "No Queue", "maxAttempts", 0)).then(), 400, "validation_failed")
                .body("violations.pointer", hasItems("/queue", "/type", "/maxAttempts"));
        HttpContract.problem(
                        post(Map.of("queue", name.value(), "type", "a.b", "payload", "text"))
                                .then(),
                        400,
                        "validation_failed")
                .body("violations.pointer", hasItem("/payload"))
                .body("violations.message", hasItem("must be an object"));
    }

    @Test
    void thePlatformsQueuesAndTypesAreNotForAccounts() {
        for (String queue : new String[] {"media", "mail", "housekeeping"}) {
            HttpContract.problem(
                    post(Map.of("queue", queue, "type", "report.build")).then(), 403, "queue_reserved");
        }
        for (String type :
                new String[] {"media.process", "mail.send", "housekeeping.prune", "profile.erase", "http.call"}) {
            HttpContract.problem(
                    post(Map.of("queue", name.value(), "type", type)).then(), 403, "type_reserved");
        }
    }

    @Test
    void aPayloadUpToTheLimitIsTakenAndNoLonger() {
        int envelope = "{\"a\":\"\"}".length();
        String largest = "x".repeat(64 * 1024 - envelope);
        post(Map.of("queue", name.value(), "type", "a.b", "payload", Map.of("a", largest)))
                .then()
                .statusCode(202);
        HttpContract.problem(
                        post(Map.of("queue", name.value(), "type", "a.b", "payload", Map.of("a", largest + "x")))
                                .then(),
                        413,
                        "payload_too_large")
                .body("detail", containsString("Upload larger things as media"));
    }

    /** As text, for whoever reads it as JSON cannot tell them any more. */
    @Test
    void aPayloadIsShownWithEveryDigitAndHalfAPairAsItWasSent() {
        Response added = given().header("Authorization", login.bearer())
                .contentType(ContentType.JSON)
                .body("{\"queue\": \"" + name
                        + "\", \"type\": \"a.b\", \"payload\": {\"n\": [1.50, 1e400, 12345678901234567890.5], "
                        + "\"text\": \"\\ud83d \\u00e9\"}}")
                .post("/jobs");
        String id = added.then().statusCode(202).extract().path("id");
        assertThat(given().header("Authorization", login.bearer())
                        .get("/jobs/" + id)
                        .asString())
                .contains("\"payload\":{\"n\":[1.50,1e400,12345678901234567890.5],\"text\":\"\\ud83d é\"}");
    }

    @Test
    void theOwnerCancelsAndOthersDoNotSeeIt() {
        String id = post(Map.of("queue", name.value(), "type", "a.b"))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        HttpContract.problem(
                given().header("Authorization", TestIdentity.logIn().bearer())
                        .post("/jobs/" + id + "/cancel")
                        .then(),
                404,
                "job_not_found");
        for (int i = 0; i < 2; i++) {
            given().header("Authorization", login.bearer())
                    .post("/jobs/" + id + "/cancel")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("cancelled"));
        }
        given().header(
                        "Authorization",
                        TestIdentity.logIn("usr_admin", Roles.ADMIN).bearer())
                .get("/jobs/" + id)
                .then()
                .statusCode(200);
    }

    private Response post(Map<String, Object> body) {
        return post(body, UUID.randomUUID().toString());
    }

    private Response post(Map<String, Object> body, String key) {
        return given().header("Authorization", login.bearer())
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/jobs");
    }
}
