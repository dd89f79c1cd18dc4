package dev.drover.jobs.enqueue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
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
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
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

/** What a client is told by a queue that takes no more, where three may wait. */
@QuarkusTest
@TestProfile(QueueBoundTest.OfThree.class)
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class QueueBoundTest {

    private static final int BOUND = 3;

    public static final class OfThree implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("drover.job-queue.depth-max", Integer.toString(BOUND));
        }
    }

    @Inject
    RedisCalls redis;

    private final QueueName name = Queues.fresh();
    private final TestIdentity.Login login = TestIdentity.logIn();

    @Test
    void whatIsBeyondTheBoundIsToldTheDepthAndLeavesNothing() {
        single(job(), key()).then().statusCode(202);
        single(job("delay", "PT1H"), key()).then().statusCode(202);
        single(job("group", "a"), key()).then().statusCode(202);

        for (Map<String, Object> more : List.of(job(), job("delay", "PT1H"), job("group", "b"))) {
            refused(single(more, key()).then());
        }

        assertThat(stored()).isEqualTo(BOUND);
        given().header("Authorization", login.bearer())
                .get("/jobs")
                .then()
                .statusCode(200)
                .body("jobs", hasSize(BOUND));
    }

    @Test
    void aRepeatOfWhatWasAcceptedIsAcceptedThoughTheQueueIsFull() {
        String key = key();
        String id = single(job(), key).then().statusCode(202).extract().path("id");
        fill(BOUND - 1);
        refused(single(job(), key()).then());

        for (boolean recorded : new boolean[] {true, false}) {
            if (!recorded) {
                forgetRecordedAnswers();
            }
            single(job(), key)
                    .then()
                    .statusCode(202)
                    .header("Idempotency-Replayed", "true")
                    .body("id", equalTo(id));
        }
        assertThat(stored()).isEqualTo(BOUND);
    }

    @Test
    void whoeverWasRefusedIsAcceptedUnderTheSameKeyOnceThereIsRoom() {
        String id = single(job(), key()).then().statusCode(202).extract().path("id");
        fill(BOUND - 1);
        String key = key();
        refused(single(job(), key).then());

        cancel(id);

        single(job(), key).then().statusCode(202).header("Idempotency-Replayed", nullValue());
    }

    @Test
    void ofABulkAsManyAreAddedAsThereIsRoomForAndTheOthersAreToldSo() {
        QueueName other = Queues.fresh();
        String key = key();
        List<Map<String, Object>> jobs = new ArrayList<>();
        for (int i = 0; i < BOUND + 2; i++) {
            jobs.add(job());
        }
        jobs.add(Map.of("queue", other.value(), "type", "a.b"));

        Response first = bulk(jobs, key);
        first.then()
                .statusCode(200)
                .body("results.status", contains(202, 202, 202, 429, 429, 202))
                .body("results[3].code", equalTo("queue_full"))
                .body("results[3].detail", containsString("3 jobs wait in " + name))
                .body("results[3].depth", equalTo(BOUND))
                .body("results[3].depthMax", equalTo(BOUND))
                .body("results[3].id", nullValue());
        assertThat(stored()).isEqualTo(BOUND);

        cancel(first.path("results[0].id"));

        // The refusal was of that moment: the repeat is not given the recorded one, and adds nothing twice.
        bulk(jobs, key)
                .then()
                .statusCode(200)
                .body("results.status", contains(202, 202, 202, 202, 429, 202))
                .body("results[1].id", equalTo(first.path("results[1].id")));
    }

    private static void refused(ValidatableResponse answer) {
        HttpContract.problem(answer, 429, "queue_full")
                .header("Retry-After", equalTo("5"))
                .body("type", equalTo("urn:drover:problem:queue_full"))
                .body("detail", containsString("at most 3 may"))
                .body("depth", equalTo(BOUND))
                .body("depthMax", equalTo(BOUND));
    }

    private void fill(int jobs) {
        for (int i = 0; i < jobs; i++) {
            single(job(), key()).then().statusCode(202);
        }
    }

    private void cancel(String id) {
        given().header("Authorization", login.bearer())
                .post("/jobs/" + id + "/cancel")
                .then()
                .statusCode(200);
    }

    /** So many records, and a payload for each. */
    private int stored() {
        JobKeys keys = new JobKeys(name);
        int records = redis.send(Command.HLEN, keys.jobs()).toInteger();
        assertThat(redis.send(Command.HLEN, keys.payloads()).toInteger()).isEqualTo(records);
        return records;
    }

    /** As if none had been written: what was added is known by its id alone. */
    private static void forgetRecordedAnswers() {
        for (URI primary : RedisNodes.ofTheService().primaries()) {
            RedisNodes server = new RedisNodes(List.of(primary));
            server.ask("KEYS", "*{idem:*").getFirst().lines().forEach(key -> server.ask("DEL", key));
        }
    }

    private Map<String, Object> job(String... member) {
        Map<String, Object> job = new HashMap<>(Map.of("queue", name.value(), "type", "a.b"));
        if (member.length > 0) {
            job.put(member[0], member[1]);
        }
        return job;
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private Response bulk(List<Map<String, Object>> jobs, String key) {
        return post("/jobs/bulk", Map.of("jobs", jobs), key);
    }

    private Response single(Map<String, Object> body, String key) {
        return post("/jobs", body, key);
    }

    private Response post(String path, Map<String, Object> body, String key) {
        return given().header("Authorization", login.bearer())
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }
}
