package dev.drover.jobs.lease;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.Aside;
import dev.drover.testing.Eventually;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** A worker in another language, over HTTP. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class LeaseResourceTest {

    @Inject
    Queues queues;

    @Inject
    QueueSignals signals;

    private final QueueName name = Queues.fresh();
    private String worker;

    @BeforeEach
    void logIn() {
        worker = TestIdentity.logIn("usr_worker", Roles.WORKER).bearer();
    }

    @Test
    void aWorkerLeasesReportsAndCompletes() {
        JobId id = queues.add(name);
        JsonPath taken = lease(Map.of("max", 5, "worker", "py-1", "leaseMs", 30_000));
        assertThat(taken.getList("jobs")).hasSize(1);
        assertThat(taken.getString("jobs[0].id")).isEqualTo(id.toString());
        assertThat(taken.getInt("jobs[0].payload.n")).isOne();
        assertThat(taken.getString("jobs[0].leaseExpiresAt")).endsWith("Z");
        assertThat((Object) taken.get("jobs[0].checkpoint")).isNull();
        long token = taken.getLong("jobs[0].fencingToken");

        say(id, "heartbeat", Map.of("fencingToken", token, "leaseMs", 60_000))
                .then()
                .statusCode(200)
                .body("leaseExpiresAt", notNullValue());
        say(id, "progress", Map.of("fencingToken", token, "percent", 50, "checkpoint", Map.of("row", 7)))
                .then()
                .statusCode(200);
        say(id, "complete", Map.of("fencingToken", token, "result", Map.of("rows", 12)))
                .then()
                .statusCode(200)
                .body("state", equalTo("succeeded"));
        say(id, "complete", Map.of("fencingToken", token, "result", Map.of("rows", 12)))
                .then()
                .statusCode(200);
        HttpContract.problem(
                say(id, "complete", Map.of("fencingToken", token, "result", Map.of("rows", 13)))
                        .then(),
                409,
                "result_differs");
        caller().get("/jobs/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("succeeded"))
                .body("result.rows", equalTo(12))
                .body("error", nullValue())
                .body("attempts.outcome", contains("succeeded"))
                .body("attempts.worker", contains("py-1"));
    }

    @Test
    void aWordWithAStaleTokenIsLeaseLost() {
        JobId id = queues.add(name);
        long token = lease(Map.of("worker", "py-1")).getLong("jobs[0].fencingToken");
        for (String word : new String[] {"heartbeat", "progress", "complete"}) {
            HttpContract.problem(
                    say(id, word, Map.of("fencingToken", token + 1)).then(), 409, "lease_lost");
        }
        HttpContract.problem(
                say(id, "fail", Map.of("fencingToken", token + 1, "reason", "x"))
                        .then(),
                409,
                "lease_lost");
        caller().get("/jobs/" + id).then().body("state", equalTo("active"));
    }

    @Test
    void aJobHandedBackWaitsAgainWithAllItsAttempts() {
        JobId id = queues.add(name);
        long token = lease(Map.of("worker", "py-1")).getLong("jobs[0].fencingToken");
        say(id, "hand-back", Map.of("fencingToken", token))
                .then()
                .statusCode(200)
                .body("state", equalTo("waiting"));
        HttpContract.problem(say(id, "complete", Map.of("fencingToken", token)).then(), 409, "lease_lost");
        // Again, as of a worker that has not heard the answer.
        say(id, "hand-back", Map.of("fencingToken", token)).then().statusCode(200);
        assertThat(lease(Map.of("worker", "py-2")).getInt("jobs[0].attempt")).isOne();
    }

    @Test
    void aFailedRunIsTriedAgainLater() {
        JobId id = queues.add(name);
        long token = lease(Map.of("worker", "py-1")).getLong("jobs[0].fencingToken");
        say(id, "fail", Map.of("fencingToken", token, "reason", "disk full"))
                .then()
                .statusCode(200)
                .body("state", equalTo("scheduled"))
                .body("runAt", notNullValue());
        caller().get("/jobs/" + id)
                .then()
                .body("error.reason", equalTo("attempt_failed"))
                .body("error.detail", equalTo("disk full"))
                .body("attempt", equalTo(1));
    }

    @Test
    void aLongPollAnswersAsSoonAsThereIsAJob() throws Exception {
        CompletableFuture<JsonPath> poll = Aside.run(() -> lease(Map.of("worker", "py-1", "waitMs", 20_000)));
        Eventually.within(java.time.Duration.ofSeconds(10)).until(() -> signals.isAwaited(name));
        JobId id = queues.add(name);
        assertThat(poll.get(10, TimeUnit.SECONDS).getString("jobs[0].id")).isEqualTo(id.toString());
    }

    @Test
    void anEmptyQueueGivesAnEmptyBatch() {
        given().header("Authorization", worker)
                .contentType(ContentType.JSON)
                .body(Map.of("worker", "py-1"))
                .post("/queues/" + name + "/lease")
                .then()
                .statusCode(200)
                .body("jobs", empty());
    }

    @Test
    void whatIsAskedForIsBounded() {
        HttpContract.problem(
                        given().header("Authorization", worker)
                                .contentType(ContentType.JSON)
                                .body(Map.of("worker", " ", "max", 1_000, "waitMs", 100_000, "leaseMs", 1))
                                .post("/queues/" + name + "/lease")
                                .then(),
                        400,
                        "validation_failed")
                .body("violations", hasSize(4));
        HttpContract.problem(
                given().header("Authorization", worker)
                        .contentType(ContentType.JSON)
                        .body(Map.of("worker", "py-1"))
                        .post("/queues/NoQueue/lease")
                        .then(),
                400,
                "validation_failed");
    }

    @Test
    void anAccountWithoutTheRoleOfAWorkerMayNotLease() {
        JobId id = queues.add(name);
        String someone = TestIdentity.logIn().bearer();
        HttpContract.problem(
                given().header("Authorization", someone)
                        .contentType(ContentType.JSON)
                        .body(Map.of("worker", "py-1"))
                        .post("/queues/" + name + "/lease")
                        .then(),
                403,
                "forbidden");
        HttpContract.problem(
                given().header("Authorization", someone)
                        .contentType(ContentType.JSON)
                        .body(Map.of("fencingToken", 1))
                        .post("/jobs/" + id + "/complete")
                        .then(),
                403,
                "forbidden");
        HttpContract.problem(
                given().header("Authorization", someone).get("/queues").then(), 403, "forbidden");
    }

    @Test
    void aWordAboutNoJobIsNotFound() {
        HttpContract.problem(
                say(Queues.id(name), "complete", Map.of("fencingToken", 1)).then(), 404, "job_not_found");
        HttpContract.problem(
                caller().contentType(ContentType.JSON)
                        .body(Map.of("fencingToken", 1))
                        .post("/jobs/nonsense/complete")
                        .then(),
                404,
                "job_not_found");
    }

    @Test
    void queuesAreListedWithTheirCounts() {
        queues.add(name);
        queues.add(name);
        lease(Map.of("worker", "py-1"));
        caller().get("/queues")
                .then()
                .statusCode(200)
                .body("queues.name", hasItem(name.value()))
                .body("queues.find { it.name == '" + name + "' }.counts.waiting", equalTo(1))
                .body("queues.find { it.name == '" + name + "' }.counts.active", equalTo(1));
    }

    private JsonPath lease(Map<String, Object> body) {
        return given().header("Authorization", worker)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/queues/" + name + "/lease")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private io.restassured.response.Response say(JobId id, String word, Map<String, Object> body) {
        return caller().contentType(ContentType.JSON).body(body).post("/jobs/" + id + "/" + word);
    }

    private RequestSpecification caller() {
        return given().header("Authorization", worker);
    }
}
