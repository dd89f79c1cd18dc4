package dev.drover.jobs.enqueue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

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
import io.restassured.response.ValidatableResponse;
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
    void whatIsWrongWithOneJobIsItsResultAndTheOthersAreAdded() {
        String fit = "{\"queue\": \"" + name + "\", \"type\": \"a.b\"}";
        String key = UUID.randomUUID().toString();
        String body = "{\"jobs\": [" + fit + ", 1, {\"queue\": \"" + name + "\", \"type\": \"a.b\", \"typ\": \"b\"}, "
                + "{\"queue\": 7, \"type\": \"\", \"priority\": 10}, "
                + "{\"queue\": \"" + name
                + "\", \"type\": \"a.b\", \"unique\": {\"key\": \"k\", \"mode\": \"first\"}}, " + fit + "]}";
        Response first = bulk(body, key);
        first.then()
                .statusCode(200)
                .body("results.status", contains(202, 400, 400, 400, 400, 202))
                .body("results[1].code", equalTo("validation_failed"))
                .body("results[1].violations.pointer", contains(""))
                .body("results[1].violations.message", contains("must be an object"))
                .body("results[2].code", equalTo("unknown_field"))
                .body("results[2].violations.pointer", contains("/typ"))
                .body("results[3].violations.pointer", contains("/priority", "/queue", "/type"))
                .body("results[3].id", nullValue())
                .body("results[4].violations.pointer", contains("/unique/mode"));
        assertThat(waiting()).isEqualTo(2);

        assertThat(bulk(body, key).asString()).isEqualTo(first.asString());
        assertThat(waiting()).isEqualTo(2);
    }

    @Test
    void whatIsNoListOfJobsIsRefusedAsAWhole() {
        String fit = "{\"queue\": \"" + name + "\", \"type\": \"a.b\"}";
        refused("{\"jobs\": []}", "validation_failed").body("violations.pointer", contains("/jobs"));
        refused("{\"jobs\": " + fit + "}", "validation_failed").body("violations.pointer", contains("/jobs"));
        refused("[" + fit + "]", "validation_failed").body("violations.pointer", contains(""));
        refused("", "validation_failed")
                .body("violations.pointer", contains(""))
                .body("violations.message", contains("is missing; must be an object"));
        refused("{\"jobs\": [" + fit + "], \"more\": 1}", "unknown_field")
                .body("violations.pointer", contains("/more"));
        refused("{\"jobs\": [" + fit + ", {\"queue\": }]}", "malformed_json").body("detail", containsString("column"));
        assertThat(waiting()).isZero();
    }

    @Test
    void ofAJobWithVeryManyFaultsTheFirstAreTold() {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            members.append(", \"m").append(i).append("\": 0");
        }
        bulk(
                        "{\"jobs\": [{\"queue\": \"a\", \"type\": \"b\"" + members + "}]}",
                        UUID.randomUUID().toString())
                .then()
                .statusCode(200)
                .body("results[0].violations", hasSize(10))
                .body("results[0].detail", containsString("more than these 10"));
    }

    private ValidatableResponse refused(String body, String code) {
        return HttpContract.problem(bulk(body, UUID.randomUUID().toString()).then(), 400, code);
    }

    private int waiting() {
        return redis.send(Command.ZCARD, new JobKeys(name).waiting()).toInteger();
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
                .body("results[2].violations.pointer", contains("/delay"));
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
        refused(Map.of("backoff", Map.of("kind", "list", "delays", List.of("PT1S", "PT0S"))), "/backoff/delays/1");
        refused(Map.of("backoff", Map.of("kind", "exponential", "delay", "PT5S", "max", "PT1S")), "/backoff/max");
        refused(Map.of("timeLimit", "PT0.1S"), "/timeLimit")
                .body("violations.message", contains("must be from PT1S to PT168H; it is PT0.1S"));
        refused(Map.of("priority", 1.5), "/priority")
                .body("violations.message", contains("must be an integer from 0 to 9"));
        refused(Map.of("group", "no spaces"), "/group");
        refused(Map.of("unique", Map.of("key", "k", "mode", "debounce", "for", "PT1S")), "/unique/for");
        refused(Map.of("unique", Map.of("key", "k", "for", "PT0S")), "/unique/for");
        refused(Map.of("dependsOn", List.of("what")), "/dependsOn/0");
    }

    private ValidatableResponse refused(Map<String, Object> more, String pointer) {
        Map<String, Object> body = new HashMap<>(Map.of("queue", name.value(), "type", "a.b"));
        body.putAll(more);
        return HttpContract.problem(single(body).then(), 400, "validation_failed")
                .body("violations.pointer", contains(pointer));
    }

    @Test
    void nothingIsAddedWhenTheMemoryOfRedisIsNearlyUsedUp() {
        RedisNodes servers = RedisNodes.ofTheService();
        servers.primaries().forEach(BulkResourceTest::nearlyUseUp);
        try {
            HttpContract.problem(
                    single(Map.of("queue", name.value(), "type", "a.b")).then(), 503, "store_full");
            bulk(
                            List.of(Map.of("queue", name.value(), "type", "a.b")),
                            UUID.randomUUID().toString())
                    .then()
                    .statusCode(200)
                    .body("results[0].status", equalTo(503))
                    .body("results[0].code", equalTo("store_full"));
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
        return bulk((Object) Map.of("jobs", jobs), key);
    }

    private Response bulk(Object body, String key) {
        return given().header("Authorization", login.bearer())
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/jobs/bulk");
    }

    private Response single(Map<String, Object> body) {
        return given().header("Authorization", login.bearer())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/jobs");
    }
}
