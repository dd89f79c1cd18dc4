package dev.drover.jobs.limits;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.platform.identity.Roles;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class LimitsResourceTest {

    private final String path = "/queues/" + Queues.fresh() + "/limits";

    @Test
    void limitsAreReadAsTheyWereSetAndSetAsAWhole() {
        put("{\"concurrency\": 3, \"groupRate\": {\"count\": 2, \"period\": \"PT1M\"}}")
                .statusCode(200);
        by(Roles.ADMIN)
                .get(path)
                .then()
                .statusCode(200)
                .body("concurrency", equalTo(3))
                .body("groupRate.count", equalTo(2))
                .body("groupRate.period", equalTo("PT1M"));

        put("{\"rate\": {\"count\": 1, \"period\": \"PT1S\"}}").statusCode(200);
        by(Roles.ADMIN).get(path).then().body("concurrency", nullValue()).body("rate.count", equalTo(1));
    }

    @Test
    void aBodyThatIsLeftOutClearsNothing() {
        put("{\"concurrency\": 3}").statusCode(200);
        problem(put(" "), 400, "validation_failed")
                .body("violations.message", contains("is missing; must be an object"));
        problem(by(Roles.ADMIN).contentType(ContentType.JSON).put(path).then(), 400, "validation_failed");

        by(Roles.ADMIN).get(path).then().body("concurrency", equalTo(3));
    }

    @Test
    void whatIsNoLimitIsNamed() {
        problem(put("{\"concurrency\": 0}"), 400, "validation_failed")
                .body("violations.pointer", contains("/concurrency"));
        problem(
                        put("{\"concurrency\": 0, \"rate\": {\"count\": 0, \"period\": \"soon\"}, \"groupRate\": 1}"),
                        400,
                        "validation_failed")
                .body("violations.pointer", contains("/concurrency", "/groupRate", "/rate/count", "/rate/period"));
    }

    @Test
    void theyAreForAdminsOnly() {
        problem(by(Roles.WORKER).get(path).then(), 403, "forbidden");
        problem(
                by(Roles.WORKER)
                        .contentType(ContentType.JSON)
                        .body("{}")
                        .put(path)
                        .then(),
                403,
                "forbidden");
    }

    private ValidatableResponse put(String body) {
        return by(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(body)
                .put(path)
                .then();
    }

    private static RequestSpecification by(String role) {
        return given().header("Authorization", TestIdentity.withRoles(role).bearer());
    }
}
