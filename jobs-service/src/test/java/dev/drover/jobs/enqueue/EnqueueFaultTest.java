package dev.drover.jobs.enqueue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.KeyedPostFaults;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class EnqueueFaultTest {

    @Inject
    RedisCalls redis;

    @Test
    void anEnqueueOutlivesTheFailureOfAnyCallToRedis() {
        KeyedPostFaults.survives(5, Enqueue::new);
    }

    @Test
    void ofTwentyEqualRequestsAtOnceOneIsDoneAndTheOthersWaitOrGetItsAnswer() throws Exception {
        Enqueue enqueue = new Enqueue();
        List<Response> answers;
        try (var threads = Executors.newFixedThreadPool(20)) {
            Callable<Response> call = enqueue::send;
            answers = threads.invokeAll(Collections.nCopies(20, call)).stream()
                    .map(Future::resultNow)
                    .toList();
        }

        // Whether any comes while the first is being answered is the machine's matter.
        assertThat(answers).extracting(Response::statusCode).contains(202).isSubsetOf(202, 409);
        Response settled = enqueue.send();
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 202)
                .extracting(Response::asString)
                .containsOnly(settled.asString());
        enqueue.verify(settled);
    }

    private final class Enqueue implements KeyedPostFaults.Attempt {

        private final TestIdentity.Login owner = TestIdentity.logIn();
        private final String key = UUID.randomUUID().toString();
        private final String queue = "faults-" + key.substring(0, 8);

        @Override
        public Response send() {
            return given().header("Authorization", owner.bearer())
                    .header("Idempotency-Key", key)
                    .contentType(ContentType.JSON)
                    .body("{\"queue\":\"%s\",\"type\":\"report.build\"}".formatted(queue))
                    .post("/jobs");
        }

        @Override
        public void verify(Response answer) {
            JobId id = JobId.parse(answer.path("id")).orElseThrow();
            assertThat(redis.send(Command.ZCARD, JobKeys.of(id).waiting()).toInteger())
                    .isEqualTo(1);
        }
    }
}
