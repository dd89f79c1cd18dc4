package dev.drover.jobs.log;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.lease.Hold;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class LogResourceTest {

    @Inject
    Queues queues;

    @Inject
    LeaseStore leases;

    @Inject
    JobLogs logs;

    @Inject
    LogConfig config;

    private final QueueName name = Queues.fresh();

    @Test
    void theHolderWritesAndTheOwnerReads() {
        JobId id = queues.add(name);
        long token = hold().fencingToken();
        write(id, token, List.of("one", "two words")).statusCode(204);
        write(id, token, List.of("three")).statusCode(204);
        given().header("Authorization", TestIdentity.logIn(Queues.OWNER).bearer())
                .get("/jobs/" + id + "/logs")
                .then()
                .statusCode(200)
                .body("lines.text", equalTo(List.of("one", "two words", "three")));
        HttpContract.problem(
                given().header("Authorization", TestIdentity.logIn().bearer())
                        .get("/jobs/" + id + "/logs")
                        .then(),
                404,
                "job_not_found");
    }

    @Test
    void aStaleHolderWritesNothing() {
        JobId id = queues.add(name);
        Hold hold = hold();
        leases.handBack(hold);
        HttpContract.problem(write(id, hold.fencingToken(), List.of("late")), 409, "lease_lost");
        HttpContract.problem(write(Queues.id(name), 1, List.of("nobody's")), 404, "job_not_found");
        assertThat(logs.read(id)).isEmpty();
    }

    @Test
    void onlyTheLatestLinesAreKept() {
        JobId id = queues.add(name);
        Hold hold = hold();
        for (int i = 0; i <= config.linesMax() / 100; i++) {
            int from = i * 100;
            logs.write(
                    hold,
                    IntStream.range(from, from + 100)
                            .mapToObj(Integer::toString)
                            .toList());
        }
        assertThat(logs.read(id)).hasSize(config.linesMax()).first().satisfies(line -> assertThat(line.text())
                .isEqualTo("100"));
    }

    @Test
    void linesHaveABound() {
        JobId id = queues.add(name);
        long token = hold().fencingToken();
        HttpContract.problem(write(id, token, List.of("x".repeat(1_001))), 400, "validation_failed");
        HttpContract.problem(write(id, token, List.of()), 400, "validation_failed");
    }

    private Hold hold() {
        return leases.lease(name, new LeaseTerms(1, Duration.ofMinutes(1), "writer"))
                .leases()
                .getFirst()
                .hold();
    }

    private static ValidatableResponse write(JobId id, long token, List<String> lines) {
        return given().header(
                        "Authorization",
                        TestIdentity.logIn("usr_0123456789abcdefghjkmnpqrw", Roles.WORKER)
                                .bearer())
                .contentType(ContentType.JSON)
                .body(Map.of("fencingToken", token, "lines", lines))
                .post("/jobs/" + id + "/logs")
                .then();
    }
}
