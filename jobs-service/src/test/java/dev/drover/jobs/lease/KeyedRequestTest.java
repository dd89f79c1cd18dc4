package dev.drover.jobs.lease;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.platform.idempotency.IdempotencyConfig;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.Eventually;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** Requests with an Idempotency-Key over their whole life; this service stands in for all, for it has one that takes long. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class KeyedRequestTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** The client of the tests has much to load before its first one. */
    private static final Duration FIRST_REQUEST = Duration.ofSeconds(60);

    @Inject
    Queues queues;

    @Inject
    QueueSignals signals;

    @Inject
    IdempotencyConfig config;

    @Inject
    MeterRegistry meters;

    private final QueueName name = Queues.fresh();
    private final String key = UUID.randomUUID().toString();
    private String worker;

    @BeforeEach
    void logIn() {
        worker = TestIdentity.logIn("usr_worker", Roles.WORKER).bearer();
    }

    /** Attacks I-1: without renewal the first repeat after the lease would be run beside it. */
    @Test
    void aRequestThatTakesLongerThanTheLeaseKeepsItsKeyAndItsAnswerIsGivenAgain() throws Exception {
        Map<String, Object> patient = Map.of("worker", "py-1", "waitMs", 20_000);
        FutureTask<Response> poll = new FutureTask<>(() -> lease(patient));
        new Thread(poll, "patient-worker").start();
        Eventually.within(FIRST_REQUEST).until(() -> signals.isAwaited(name));
        long pastTheLease =
                System.nanoTime() + config.lease().multipliedBy(3).dividedBy(2).toNanos();
        double runningBefore = count("running");
        int repeats = 0;
        do {
            HttpContract.problem(lease(patient).then(), 409, "idempotency_key_in_use");
            repeats++;
        } while (System.nanoTime() - pastTheLease < 0);
        assertThat(count("running") - runningBefore).isEqualTo(repeats);

        JobId id = queues.add(name);
        Response answer = poll.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.<String>path("jobs[0].id")).isEqualTo(id.toString());
        Response repeat = lease(patient);
        assertThat(repeat.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(repeat.asString()).isEqualTo(answer.asString());
    }

    @Test
    void whatBecomesOfThemIsCounted() {
        assertCounted("first", () -> lease(Map.of("worker", "py-1")));
        assertCounted("replayed", () -> lease(Map.of("worker", "py-1")));
        assertCounted("mismatch", () -> lease(Map.of("worker", "py-2")));
        assertCounted("unrecorded", () -> given().header("Authorization", worker)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("fencingToken", 1))
                .post("/jobs/" + Queues.id(name) + "/complete"));
    }

    private void assertCounted(String outcome, Runnable request) {
        double before = count(outcome);
        request.run();
        assertThat(count(outcome)).as(outcome).isEqualTo(before + 1);
    }

    private double count(String outcome) {
        Counter counter = meters.find("drover.idempotency.requests")
                .tag("outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private Response lease(Map<String, Object> body) {
        return given().header("Authorization", worker)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/queues/" + name + "/lease");
    }
}
