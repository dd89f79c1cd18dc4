package dev.drover.jobs.outbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
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
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.KeyedPostFaults;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** J-11 under attack: whichever call to Redis fails while a job that waits for another is added, it runs once after the other has ended. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class DependencyFaultTest {

    @Inject
    QueueOutboxes outboxes;

    @Inject
    LeaseStore leases;

    @Inject
    JobQueue queue;

    @Inject
    JobStore jobs;

    @Inject
    RedisCalls redis;

    @Test
    void aJobThatWaitsForAnotherOutlivesTheFailureOfAnyCallToRedis() {
        KeyedPostFaults.survives(7, Waiting::new);
    }

    private final class Waiting implements KeyedPostFaults.Attempt {

        private final TestIdentity.Login owner = TestIdentity.logIn();
        private final String key = UUID.randomUUID().toString();
        private final QueueName first = Queues.fresh();
        private final QueueName second = Queues.fresh();
        private final JobId parent = Queues.id(first);

        Waiting() {
            queue.enqueue(NewJob.now(parent, "test.work", owner.sub(), "{}"));
        }

        @Override
        public Response send() {
            return given().header("Authorization", owner.bearer())
                    .header("Idempotency-Key", key)
                    .contentType(ContentType.JSON)
                    .body("{\"queue\":\"%s\",\"type\":\"a.b\",\"dependsOn\":[\"%s\"]}".formatted(second, parent))
                    .post("/jobs");
        }

        @Override
        public void verify(Response answer) {
            JobId child = JobId.parse(answer.path("id")).orElseThrow();
            assertThat(jobs.find(child).map(Job::state)).contains(JobState.SCHEDULED);
            leases.lease(first, new LeaseTerms(5, Duration.ofMinutes(1), "w"))
                    .leases()
                    .forEach(lease -> leases.complete(lease.hold(), Optional.empty()));
            outboxes.runOnce();
            outboxes.runOnce();
            assertThat(jobs.find(child).map(Job::state)).contains(JobState.WAITING);
            assertThat(redis.send(Command.ZCARD, new JobKeys(second).waiting()).toInteger())
                    .isOne();
        }
    }
}
