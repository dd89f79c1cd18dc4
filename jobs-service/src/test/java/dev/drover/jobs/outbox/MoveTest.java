package dev.drover.jobs.outbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.lease.Lease;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.Dependencies;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.jobs.UniqueKey;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** J-26: a job that is moved to another queue is there once, whichever step is repeated or left half-way. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class MoveTest {

    @Inject
    QueueOutboxes outboxes;

    @Inject
    Queues queues;

    @Inject
    JobQueue queue;

    @Inject
    JobStore jobs;

    @Inject
    LeaseStore leases;

    @Inject
    RedisCalls redis;

    private final QueueName from = Queues.fresh();
    private final QueueName to = Queues.fresh();

    @Test
    void aJobArrivesWithWhatItIsAndHasSpentAndWhatStaysSaysWhereItWent() {
        JobId id = Queues.id(from);
        queue.enqueue(new NewJob(id, "test.work", Queues.OWNER, "{\"n\":7}", Duration.ZERO, 5, 2)
                .with(JobOptions.NONE.inGroup("herd")));
        Lease lease = lease(from).getFirst();
        leases.report(lease.hold(), OptionalInt.of(30), Optional.of("{\"page\":3}"));
        leases.handBack(lease.hold());

        assertThat(moveAll(Map.of("type", "test.work"))).isOne();
        Job left = job(id);
        assertThat(left.state()).isEqualTo(JobState.CANCELLED);
        assertThat(left.fault())
                .hasValueSatisfying(why -> assertThat(why.reason()).isEqualTo("moved"));
        outboxes.runOnce();

        JobId there = movedTo(id);
        Job arrived = job(there);
        assertThat(arrived.state()).isEqualTo(JobState.WAITING);
        assertThat(arrived.priority()).isEqualTo(2);
        assertThat(arrived.payload()).isEqualTo("{\"n\":7}");
        assertThat(arrived.checkpoint()).contains("{\"page\":3}");
        assertThat(arrived.terms().group()).contains("herd");
        assertThat(arrived.runs()).hasSize(1);
        assertThat(arrived.createdAt()).isEqualTo(left.createdAt());
        assertThat(lease(to)).singleElement().satisfies(taken -> {
            assertThat(taken.hold().id()).isEqualTo(there);
            assertThat(taken.checkpoint()).contains("{\"page\":3}");
        });
        given().header("Authorization", TestIdentity.logIn(Queues.OWNER).bearer())
                .get("/jobs?queue=" + to)
                .then()
                .statusCode(200)
                .body("jobs.id", hasItem(there.toString()));
    }

    @Test
    void aRelayThatDiesBetweenArrivalAndRemovalBringsItOnce() {
        JobId id = queues.add(from);
        move(Map.of()).body("changed", equalTo(1));
        Response entries = redis.send(Command.XRANGE, new JobKeys(from).outbox(), "-", "+");
        outboxes.runOnce();
        assertThat(lease(to)).hasSize(1);
        for (Response entry : entries) {
            List<String> again = new ArrayList<>(List.of(new JobKeys(from).outbox(), "*"));
            entry.get(1).forEach(part -> again.add(part.toString()));
            redis.send(Command.XADD, again.toArray(String[]::new));
        }
        outboxes.runOnce();
        assertThat(lease(to)).isEmpty();
        assertThat(job(movedTo(id)).state()).isEqualTo(JobState.ACTIVE);
    }

    @Test
    void thereAndBackItIsAnotherJobEachTime() {
        JobId id = queues.add(from);
        move(Map.of()).body("changed", equalTo(1));
        outboxes.runOnce();
        JobId there = movedTo(id);
        sweep(to, "move", Map.of("to", from.value())).body("changed", equalTo(1));
        outboxes.runOnce();
        JobId back = movedTo(there);
        assertThat(back).isNotEqualTo(id);
        assertThat(lease(from)).extracting(taken -> taken.hold().id()).containsExactly(back);
    }

    @Test
    void scheduledJobsKeepTheirTimeAndAUniqueKeyTakenThereIsNotTakenAway() {
        JobOptions unique = JobOptions.NONE.with(new UniqueKey("once", UniqueKey.Mode.THROTTLE, Optional.empty()));
        JobId later = Queues.id(from);
        queue.enqueue(new NewJob(later, "test.work", Queues.OWNER, "{}", Duration.ofHours(1), 5).with(unique));
        JobId holder = queues.add(to, unique);
        assertThat(moveAll(Map.of())).isOne();
        outboxes.runOnce();
        Job arrived = job(movedTo(later));
        assertThat(arrived.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(arrived.readyAt()).isEqualTo(job(later).readyAt());
        assertThat(arrived.terms().uniqueKey()).isEmpty();
        assertThat(job(holder).terms().uniqueKey()).contains("once");
        // And the key is free where it was.
        assertThat(job(queues.add(from, unique)).state()).isEqualTo(JobState.WAITING);
    }

    @Test
    void whatHasBegunWaitsOrIsWaitedForStays() {
        JobId parent = queues.add(from);
        JobId child = queues.add(
                from, JobOptions.NONE.after(new Dependencies(List.of(parent), Dependencies.OnFailure.CANCELLED)));
        JobId running = queues.add(from, "test.first", Duration.ZERO, 5);
        move(Map.of("type", "test.work", "max", 1)).body("changed", equalTo(0));
        assertThat(job(parent).state()).isEqualTo(JobState.WAITING);
        assertThat(job(child).state()).isEqualTo(JobState.SCHEDULED);
        lease(from);
        assertThat(moveAll(Map.of())).isZero();
        assertThat(job(running).state()).isEqualTo(JobState.ACTIVE);
    }

    @Test
    void whatStaysDoesNotRunAgain() {
        JobId id = queues.add(from);
        move(Map.of()).body("changed", equalTo(1));
        HttpContract.problem(
                given().header("Authorization", admin())
                        .post("/jobs/" + id + "/retry")
                        .then(),
                409,
                "job_not_retryable");
        sweep(from, "cancel", Map.of("ids", List.of(id.toString())))
                .body("results.outcome", equalTo(List.of("unchanged")));
        HttpContract.problem(
                given().header("Authorization", admin())
                        .contentType(ContentType.JSON)
                        .body(Map.of("to", from.value()))
                        .post("/queues/" + from + "/move")
                        .then(),
                400,
                "validation_failed");
    }

    private List<Lease> lease(QueueName name) {
        return leases.lease(name, new LeaseTerms(10, Duration.ofMinutes(1), "mover"))
                .leases();
    }

    private Job job(JobId id) {
        return jobs.find(id).orElseThrow();
    }

    private JobId movedTo(JobId id) {
        return JobId.parse(job(id).fault().orElseThrow().detail()).orElseThrow();
    }

    /** Page by page: the waiting ones, those in groups, the scheduled ones. */
    private int moveAll(Map<String, Object> filter) {
        Map<String, Object> selection = new HashMap<>(filter);
        int moved = 0;
        do {
            ValidatableResponse answer = move(selection);
            moved += answer.extract().<Integer>path("changed");
            selection.put("cursor", answer.extract().path("nextCursor"));
        } while (selection.get("cursor") != null);
        return moved;
    }

    private ValidatableResponse move(Map<String, Object> selection) {
        Map<String, Object> body = new HashMap<>(selection);
        body.put("to", to.value());
        return sweep(from, "move", body);
    }

    private static ValidatableResponse sweep(QueueName name, String word, Map<String, Object> body) {
        return given().header("Authorization", admin())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/queues/" + name + "/" + word)
                .then()
                .statusCode(200);
    }

    private static String admin() {
        return TestIdentity.logIn("usr_0123456789abcdefghjkmnpqra", Roles.ADMIN).bearer();
    }
}
