package dev.drover.jobs.enqueue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RedisNodes;
import dev.drover.testing.TestIdentity;

/** Many jobs in one request, what a job may ask for, and when none is taken. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class BulkResourceTest {

    @Inject
    RedisCalls redis;

    private final QueueName name = Queues.fresh();
    private final TestIdentity.Login login = TestIdentity.logIn();

    @Test
    void aThousandJobsAreAddedInOneRequestAndARepeatAddsNone() {
        List<Map<String, Object>> jobs = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            jobs.add(Map.of("queue", name.value(), "type", "a.b", "payload", Map.of("n", i)));
        }
        String key = UUID.randomUUID().toString();
        Response first = bulk(jobs, key);
        first.then().statusCode(200).body("results", hasSize(1_000)).body("results.status.unique()", contains(202));
        assertThat(bulk(jobs, key).asString()).isEqualTo(first.asString());
        assertThat(redis.send(Command.ZCARD, new JobKeys(name).waiting()).toInteger())
                .isEqualTo(1_000);
        jobs.add(jobs.getFirst());
        HttpContract.problem(bulk(jobs, UUID.randomUUID().toString()).then(), 400, "validation_failed")
                .body("violations.pointer", hasItem("/jobs"));
    }

    @Test
    void whatIsWrongWithOneJobHidesNothingOfTheOthersNorOfTheList() {
        HttpContract.problem(
                        given().header("Authorization", TestIdentity.logIn().bearer())
                                .contentType(ContentType.JSON)
                                .body(
                                        "{\"jobs\": [1, {\"queue\": \"a\", \"typ\": \"b\"}, {\"queue\": 7, \"type\": \"\"}]}")
                                .post("/jobs/bulk")
                                .then(),
                        400,
                        "validation_failed")
                .body(
                        "violations.pointer",
                        contains("/jobs/0", "/jobs/1/typ", "/jobs/1/type", "/jobs/2/queue", "/jobs/2/type"));
    }

    @Test
    void whatBreaksARuleIsNamedWithItsPlaceInTheList() {
        HttpContract.problem(
                        bulk(
                                        List.of(
                                                Map.of("queue", "No Queue", "type", "a.b", "priority", 10),
                                                Map.of("queue", name.value(), "type", "a.b"),
                                                Map.of(
                                                        "queue",
                                                        name.value(),
                                                        "type",
                                                        "a.b",
                                                        "unique",
                                                        Map.of("key", "k", "mode", "first"))),
                                        UUID.randomUUID().toString())
                                .then(),
                        400,
                        "validation_failed")
                .body("violations.pointer", contains("/jobs/0/priority", "/jobs/0/queue", "/jobs/2/unique/mode"));
        assertThat(redis.send(Command.EXISTS, new JobKeys(name).jobs()).toInteger())
                .isZero();
    }

    @Test
    void eachJobIsJudgedByItself() {
        bulk(
                        List.of(
                                Map.of("queue", name.value(), "type", "a.b"),
                                Map.of("queue", "mail", "type", "a.b"),
                                Map.of("queue", name.value(), "type", "a.b", "delay", "-PT1S"),
                                Map.of(
                                        "queue",
                                        name.value(),
                                        "type",
                                        "a.b",
                                        "dependsOn",
                                        List.of(Queues.id(name).toString())),
                                Map.of(
                                        "queue",
                                        name.value(),
                                        "type",
                                        "a.b",
                                        "payload",
                                        Map.of("x", "y".repeat(64 * 1024)))),
                        UUID.randomUUID().toString())
                .then()
                .statusCode(200)
                .body("results.status", contains(202, 403, 400, 422, 413))
                .body(
                        "results.code",
                        contains(
                                null, "queue_reserved", "validation_failed", "dependency_unknown", "payload_too_large"))
                .body("results[2].detail", containsString("/delay"));
    }

    @Test
    void aJobSaysHowItIsToBeRunAndIsShownSo() {
        String parent = single(Map.of("queue", name.value(), "type", "a.b"))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        single(Map.of(
                        "queue",
                        name.value(),
                        "type",
                        "a.b",
                        "group",
                        "tenant-7",
                        "timeLimit",
                        "PT5M",
                        "backoff",
                        Map.of("kind", "list", "delays", List.of("PT1S", "PT1M"), "jitter", 0.1),
                        "dependsOn",
                        List.of(parent),
                        "onDependencyFailure",
                        "run",
                        "quiet",
                        true))
                .then()
                .statusCode(202)
                .body("state", equalTo("scheduled"))
                .body("group", equalTo("tenant-7"))
                .body("timeLimit", equalTo("PT5M"))
                .body("waitsFor", contains(parent))
                .body("dependsOn", contains(parent));
    }

    @Test
    void aJobThatAnotherStandsForIsAnsweredWithThatOne() {
        Map<String, Object> body = Map.of(
                "queue", name.value(), "type", "a.b", "unique", Map.of("key", "k", "mode", "throttle", "for", "PT1H"));
        String first = single(body)
                .then()
                .statusCode(202)
                .body("uniqueKey", equalTo("k"))
                .extract()
                .path("id");
        single(body).then().statusCode(200).body("id", equalTo(first));
    }

    @Test
    void whatCannotBeAJobIsNamedWithItsPlace() {
        refused(Map.of("backoff", Map.of("kind", "fixed")), "/backoff/delay");
        refused(Map.of("backoff", Map.of("kind", "square")), "/backoff/kind");
        refused(Map.of("timeLimit", "PT0.1S"), "/timeLimit");
        refused(Map.of("group", "no spaces"), "/group");
        refused(Map.of("unique", Map.of("key", "k", "mode", "debounce", "for", "PT1S")), "/unique");
        refused(Map.of("dependsOn", List.of("what")), "/dependsOn/0");
    }

    private void refused(Map<String, Object> more, String pointer) {
        Map<String, Object> body = new HashMap<>(Map.of("queue", name.value(), "type", "a.b"));
        body.putAll(more);
        HttpContract.problem(single(body).then(), 400, "validation_failed")
                .body("violations.pointer", hasItem(pointer));
    }

    @Test
    void nothingIsAddedWhenTheMemoryOfRedisIsNearlyUsedUp() {
        RedisNodes servers = RedisNodes.ofTheService();
        servers.primaries().forEach(BulkResourceTest::nearlyUseUp);
        try {
            HttpContract.problem(
                    single(Map.of("queue", name.value(), "type", "a.b")).then(), 503, "store_full");
            assertThat(redis.send(Command.EXISTS, new JobKeys(name).jobs()).toInteger())
                    .isZero();
        } finally {
            servers.ask("CONFIG", "SET", "maxmemory", "0");
        }
        single(Map.of("queue", name.value(), "type", "a.b")).then().statusCode(202);
    }

    private static void nearlyUseUp(URI primary) {
        RedisNodes server = new RedisNodes(List.of(primary));
        long used = server.ask("INFO", "memory").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).strip()))
                .findFirst()
                .orElseThrow();
        server.ask("CONFIG", "SET", "maxmemory", Long.toString(used + used / 20));
    }

    private Response bulk(List<Map<String, Object>> jobs, String key) {
        return given().header("Authorization", login.bearer())
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(Map.of("jobs", jobs))
                .post("/jobs/bulk");
    }

    private Response single(Map<String, Object> body) {
        return given().header("Authorization", login.bearer())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/jobs");
    }
}
