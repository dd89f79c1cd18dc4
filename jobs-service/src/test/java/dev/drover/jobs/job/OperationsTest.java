package dev.drover.jobs.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.lease.Lease;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.jobs.lease.Verdict;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** What operators do with many jobs. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class OperationsTest {

    @Inject
    Queues queues;

    @Inject
    JobStore jobs;

    @Inject
    LeaseStore leases;

    private final QueueName name = Queues.fresh();
    private TestIdentity.Login admin;

    @BeforeEach
    void logIn() {
        admin = TestIdentity.logIn("usr_0123456789abcdefghjkmnpqra", Roles.ADMIN);
    }

    @Test
    void aDeadJobRunsOnceMoreWithAllItsAttemptsAndAWaitingOneIsLeftAlone() {
        JobId id = dead("test.work");
        asAdmin()
                .post("/jobs/" + id + "/retry")
                .then()
                .statusCode(200)
                .body("state", equalTo("waiting"))
                .body("attempt", equalTo(0))
                .body("error", nullValue())
                .body("attempts", hasSize(1));
        HttpContract.problem(asAdmin().post("/jobs/" + id + "/retry").then(), 409, "job_not_retryable");
        Lease lease = lease();
        assertThat(lease.hold().id()).isEqualTo(id);
        leases.complete(lease.hold(), java.util.Optional.empty());
        HttpContract.problem(asAdmin().post("/jobs/" + id + "/retry").then(), 409, "job_not_retryable");
        HttpContract.problem(
                given().header("Authorization", TestIdentity.logIn().bearer())
                        .post("/jobs/" + id + "/retry")
                        .then(),
                404,
                "job_not_found");
    }

    @Test
    void deadJobsAreRedrivenByFilter() {
        dead("test.work");
        JobId other = dead("test.other");
        sweep("redrive", Map.of("reason", "attempts_spent"))
                .body("changed", equalTo(0))
                .body("nextCursor", nullValue());
        sweep("redrive", Map.of("type", "test.other", "reason", "given_up")).body("changed", equalTo(1));
        assertThat(jobs.find(other).orElseThrow().state()).isEqualTo(JobState.WAITING);
        sweep("redrive", Map.of("max", 1)).body("changed", equalTo(1)).body("nextCursor", notNullValue());
        assertThat(count("dead")).isZero();
        assertThat(count("waiting")).isEqualTo(2);
    }

    @Test
    void drainingCancelsWhatHasNotBegun() {
        queues.add(name);
        queues.add(name);
        lease();
        queues.add(name, "test.work", Duration.ofHours(1), 1);
        Map<String, Object> selection = new HashMap<>();
        int cancelled = 0;
        do {
            Response answer =
                    asAdmin().contentType(ContentType.JSON).body(selection).post("/queues/" + name + "/drain");
            answer.then().statusCode(200);
            cancelled += answer.<Integer>path("changed");
            selection.put("cursor", answer.path("nextCursor"));
        } while (selection.get("cursor") != null);
        assertThat(cancelled).isEqualTo(2);
        assertThat(count("active")).isOne();
        assertThat(count("cancelled")).isEqualTo(2);
    }

    @Test
    void aSelectionThatIsLeftOutIsAnyJob() {
        dead("test.work");
        queues.add(name);
        for (String word : List.of("drain", "redrive")) {
            leaveOut(word).statusCode(200).body("changed", equalTo(1));
        }
        // Where a member has to be there, so has the body.
        HttpContract.problem(leaveOut("retry"), 400, "validation_failed").body("violations.pointer", contains(""));
    }

    @Test
    void namedJobsAreRetriedAndCancelledWithAResultEach() {
        String dead = dead("test.work").toString();
        String waiting = queues.add(name).toString();
        String unknown = Queues.id(name).toString();
        String elsewhere = queues.add(Queues.fresh()).toString();
        List<String> ids = List.of(dead, waiting, unknown, elsewhere);
        sweep("retry", Map.of("ids", ids))
                .body("results.outcome", equalTo(List.of("done", "unchanged", "unknown", "unknown")))
                .body("results.id", equalTo(ids));
        sweep("cancel", Map.of("ids", ids))
                .body("results.outcome", equalTo(List.of("done", "done", "unknown", "unknown")));
        sweep("cancel", Map.of("ids", ids))
                .body("results.outcome", equalTo(List.of("unchanged", "unchanged", "unknown", "unknown")))
                .body("results[0].state", equalTo("cancelled"));
        // One job by itself is answered as it is, now or before.
        asAdmin().post("/jobs/" + waiting + "/cancel").then().statusCode(200).body("state", equalTo("cancelled"));
        HttpContract.problem(
                asAdmin()
                        .contentType(ContentType.JSON)
                        .body(Map.of("ids", List.of()))
                        .post("/queues/" + name + "/cancel")
                        .then(),
                400,
                "validation_failed");
    }

    @Test
    void aPausedQueueHandsOutNothingUntilItGoesOn() {
        JobId id = queues.add(name);
        for (int i = 0; i < 2; i++) {
            asAdmin().post("/queues/" + name + "/pause").then().statusCode(200).body("pausedSince", notNullValue());
        }
        assertThat(leases.lease(name, terms()).leases()).isEmpty();
        asAdmin().post("/queues/" + name + "/resume").then().statusCode(200).body("pausedSince", nullValue());
        assertThat(lease().hold().id()).isEqualTo(id);
        HttpContract.problem(asAdmin().post("/queues/t-none/pause").then(), 404, "queue_not_found");
        HttpContract.problem(
                given().header("Authorization", worker())
                        .post("/queues/" + name + "/pause")
                        .then(),
                403,
                "forbidden");
    }

    @Test
    void aQueueShowsHowItStands() {
        queues.add(name);
        leases.complete(lease().hold(), java.util.Optional.empty());
        dead("test.work");
        given().header("Authorization", worker())
                .get("/queues/" + name)
                .then()
                .statusCode(200)
                .body("counts.succeeded", equalTo(1))
                .body("lastMinute.succeeded", equalTo(1))
                .body("lastMinute.dead", equalTo(1))
                .body("waitMs.p50", notNullValue())
                .body("runMs.p99", notNullValue());
        HttpContract.problem(asAdmin().get("/queues/t-none").then(), 404, "queue_not_found");
    }

    @Test
    void whatIsDoneToManyIsForAdmins() {
        for (String word : List.of("redrive", "drain")) {
            HttpContract.problem(
                    given().header("Authorization", worker())
                            .contentType(ContentType.JSON)
                            .body("{}")
                            .post("/queues/" + name + "/" + word)
                            .then(),
                    403,
                    "forbidden");
        }
    }

    private ValidatableResponse leaveOut(String word) {
        return asAdmin()
                .contentType(ContentType.JSON)
                .post("/queues/" + name + "/" + word)
                .then();
    }

    private ValidatableResponse sweep(String word, Map<String, Object> body) {
        return asAdmin()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/queues/" + name + "/" + word)
                .then()
                .statusCode(200);
    }

    private JobId dead(String type) {
        JobId id = queues.add(name, type, Duration.ZERO, NewJob.MAX_ATTEMPTS_DEFAULT);
        leases.fail(lease().hold(), Verdict.DEAD, "no more");
        return id;
    }

    private Lease lease() {
        return leases.lease(name, terms()).leases().getFirst();
    }

    private static LeaseTerms terms() {
        return new LeaseTerms(1, Duration.ofMinutes(1), "operator");
    }

    private int count(String state) {
        return asAdmin().get("/queues/" + name).path("counts." + state);
    }

    private static String worker() {
        return TestIdentity.logIn("usr_0123456789abcdefghjkmnpqrw", Roles.WORKER)
                .bearer();
    }

    private RequestSpecification asAdmin() {
        return given().header("Authorization", admin.bearer());
    }
}
