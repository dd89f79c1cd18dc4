package dev.drover.jobs.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.lease.Lease;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.jobs.log.JobLogs;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** What erasing an account leaves of its jobs: nothing. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class AccountJobsTest {

    @Inject
    OwnedJobs owned;

    @Inject
    JobQueue queue;

    @Inject
    JobStore jobs;

    @Inject
    JobLogs logs;

    @Inject
    LeaseStore leases;

    @Inject
    RedisCalls redis;

    private final QueueName first = Queues.fresh();
    private final QueueName second = Queues.fresh();
    private final String owner = TestIdentity.logIn().sub();

    @Test
    void nothingIsLeftOfAnAccountsJobsAndOthersKeepTheirs() {
        JobId others = Queues.id(first);
        queue.enqueue(NewJob.now(others, "test.work", Queues.OWNER, "{}"));
        leases.complete(take().hold(), Optional.of("1"));
        List<JobId> mine = new ArrayList<>();
        mine.add(add(first));
        Lease done = take();
        logs.write(done.hold(), List.of("a line"));
        leases.complete(done.hold(), Optional.of("\"theirs\""));
        mine.add(add(first));
        take();
        mine.add(add(first));
        mine.add(add(second));
        owned.note(owner, List.of(Queues.id(second)));

        for (int expected : new int[] {4, 0}) {
            given().header("Authorization", TestIdentity.logIn(owner).bearer())
                    .delete("/jobs/of/me")
                    .then()
                    .statusCode(200)
                    .body("forgotten", equalTo(expected));
        }

        assertThat(mine).allSatisfy(id -> {
            assertThat(jobs.find(id)).isEmpty();
            assertThat(logs.read(id)).isEmpty();
        });
        assertThat(owned.list(owner, Optional.empty(), 10)).isEmpty();
        assertThat(jobs.find(others)).isPresent();
        JobKeys keys = new JobKeys(first);
        for (String hash : List.of(keys.jobs(), keys.payloads(), keys.results())) {
            assertThat(redis.send(Command.HLEN, hash).toInteger()).as(hash).isOne();
        }
        assertThat(redis.send(Command.ZCARD, keys.active()).toInteger()).isZero();
    }

    private JobId add(QueueName name) {
        JobId id = Queues.id(name);
        owned.note(owner, List.of(id));
        queue.enqueue(NewJob.now(id, "test.work", owner, "{}"));
        return id;
    }

    private Lease take() {
        return leases.lease(first, new LeaseTerms(1, Duration.ofMinutes(1), "eraser"))
                .leases()
                .getFirst();
    }
}
