package dev.drover.profile.erasure;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class EraseMeResourceTest {

    @Inject
    RedisCalls redis;

    private final TestIdentity.Login ada = TestIdentity.logIn();

    @Test
    void anErasureIsBegunOnceHoweverOftenItIsAskedForAndCanBeWatched() {
        Response begun = given().header("Authorization", ada.bearer()).delete("/profiles/me");
        begun.then()
                .statusCode(202)
                .body("state", equalTo("running"))
                .body("steps.name", equalTo(java.util.List.of("account", "media", "jobs", "rooms", "profile")))
                .body("finishedAt", nullValue());
        String location = begun.header("Location");
        assertThat(given().header("Authorization", ada.bearer())
                        .delete("/profiles/me")
                        .header("Location"))
                .isEqualTo(location);
        String body = given().get(location).then().statusCode(200).extract().asString();
        assertThat(body).as("whoever watches learns nobody's name").doesNotContain(ada.sub());
        String erasure = location.substring(location.lastIndexOf('/') + 1);
        String job = "job_housekeeping_" + erasure;
        String payload = redis.send(Command.HGET, "drover:{q:housekeeping}:payloads", job)
                .toString();
        assertThat(payload).contains(erasure).doesNotContain(ada.sub());
    }

    @Test
    void anOldSessionIsNotEnough() {
        redis.send(
                Command.HSET,
                SessionKeys.session(ada.sid()),
                "createdAt",
                Instant.now().minus(Duration.ofMinutes(11)).toString());
        problem(
                given().header("Authorization", ada.bearer())
                        .delete("/profiles/me")
                        .then(),
                403,
                "login_too_old");
        assertThat(redis.send(Command.EXISTS, "drover:{" + ada.sub() + "}:erasure")
                        .toInteger())
                .isZero();
    }

    @Test
    void anErasureNobodyAskedForIsNotThere() {
        problem(given().get("/profiles/erasures/06ek2v5w3xq9d4t8m1b7c0hzyn").then(), 404, "not_found");
    }
}
