package dev.drover.jobs.lease;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.limits.Places;
import dev.drover.jobs.recovery.RecoveryProbe;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RedisNodes;
import dev.drover.testing.TestIdentity;

/**
 * J-9: what a transition does inside Redis does not depend on how long the queue is. Counted by Redis itself: how many commands, and for how long it
 * was at them, because one that goes through a whole queue is one command too.
 */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ScriptCostTest {

    private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=(\\d+),usec=(\\d+)");

    /** A step takes a hundredth of it; to go through a million takes ten times as long. */
    private static final long STEP_MICROS_MAX = 10_000;

    /** Of so many times the quickest counts: whatever else the machine has to do makes a step longer, and nothing makes it shorter. */
    private static final int ROUNDS = 3;

    private static final int MILLION = 1_000_000;
    private static final int CHUNK = 10_000;

    /** As it is configured for tests. */
    private static final int BOUND = 1_000_100;

    @Inject
    RedisLeaseStore scripts;

    @Inject
    Places places;

    @Inject
    JobQueue queue;

    @Inject
    RedisCalls redis;

    @Inject
    JobStore jobs;

    @Inject
    RecoveryProbe recovery;

    @Inject
    Queues queues;

    /** J-12 as well: a million jobs take a while to come by, so what is true of them is shown in one place. */
    @Test
    void everyTransitionCostsTheSameAtTenAndAtAMillionWaitingJobsAndNoMoreAreTakenThanTheBound() {
        warmUp();
        QueueName ten = filled(10);
        QueueName million = filled(10);
        for (int from = 0; from < MILLION; from += CHUNK) {
            redis.send(Command.ZADD, waitingBehind(million, from));
        }

        List<Cost> few = costs(ten);
        List<List<Cost>> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            if (round > 0) {
                IntStream.range(0, 10).forEach(job -> queues.add(million));
            }
            rounds.add(costs(million));
        }
        assertThat(calls(rounds.getFirst())).isEqualTo(calls(few));
        for (int i = 0; i < few.size(); i++) {
            int step = i;
            assertThat(rounds.stream()
                            .mapToLong(round -> round.get(step).micros())
                            .min())
                    .as("microseconds of step %d at a million, %s at ten", step, few.get(step))
                    .satisfies(micros -> assertThat(micros.getAsLong()).isLessThan(STEP_MICROS_MAX));
        }

        List<EnqueueResult> results = queue.enqueueAll(IntStream.range(0, 200)
                .mapToObj(n -> NewJob.now(Queues.id(million), "test.work", Queues.OWNER, "{}"))
                .toList());
        assertThat(results.getFirst()).isInstanceOf(EnqueueResult.Enqueued.class);
        assertThat(results.getLast()).isEqualTo(new EnqueueResult.QueueFull(million, BOUND, BOUND));
        HttpContract.problem(
                        given().header("Authorization", TestIdentity.logIn().bearer())
                                .contentType(ContentType.JSON)
                                .body(Map.of("queue", million.value(), "type", "a.b"))
                                .post("/jobs")
                                .then(),
                        429,
                        "queue_full")
                .header("Retry-After", equalTo("5"))
                .body("detail", startsWith(BOUND + " jobs wait"));
        redis.send(Command.UNLINK, new JobKeys(million).waiting());
    }

    private static String[] waitingBehind(QueueName name, int from) {
        List<String> members = new ArrayList<>(2 * CHUNK + 1);
        members.add(new JobKeys(name).waiting());
        for (int i = from; i < from + CHUNK; i++) {
            members.add("99999999999999");
            members.add("job-" + i);
        }
        return members.toArray(String[]::new);
    }

    /** What the first of its kind only asks or teaches Redis once. */
    private void warmUp() {
        costs(filled(10));
    }

    private QueueName filled(int jobsWaiting) {
        QueueName name = Queues.fresh();
        for (int i = 0; i < jobsWaiting; i++) {
            queues.add(name);
        }
        return name;
    }

    /**
     * @param calls  commands that ran inside scripts
     * @param micros for how long
     */
    private record Cost(long calls, long micros) {}

    private static List<Long> calls(List<Cost> costs) {
        return costs.stream().map(Cost::calls).toList();
    }

    private List<Cost> costs(QueueName name) {
        // Whether a queue shares a limit is asked once: by a clock that stands, what is known stays known.
        LeaseStore leases = new LimitedLeaseStore(
                scripts, places, new SharingQueues(scripts, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));
        List<Cost> costs = new ArrayList<>();
        costs.add(cost(() -> queues.add(name)));
        List<Hold> holds = new ArrayList<>();
        costs.add(cost(() -> leases.lease(name, new LeaseTerms(6, Duration.ofMinutes(1), "w"))
                .leases()
                .forEach(lease -> holds.add(lease.hold()))));
        costs.add(cost(() -> leases.extend(holds.get(0), Duration.ofMinutes(2))));
        costs.add(cost(() -> leases.complete(holds.get(0), Optional.of("1"))));
        costs.add(cost(() -> leases.fail(holds.get(1), Verdict.RETRY, "x")));
        costs.add(cost(() -> leases.handBack(holds.get(2))));
        costs.add(cost(() -> jobs.cancel(holds.get(3).id())));
        JobId lost = holds.get(4).id();
        queues.letLeaseExpire(lost);
        costs.add(cost(() -> recovery.recover(name)));
        JobId cancelled = holds.get(3).id();
        String operator = TestIdentity.logIn("usr_0123456789abcdefghjkmnpqrb", Roles.ADMIN)
                .bearer();
        costs.add(cost(() -> done(operator, "POST", "/jobs/" + cancelled + "/retry", Map.of())));
        costs.add(cost(() -> done(operator, "GET", "/queues/" + name, Map.of())));
        costs.add(cost(() -> done(operator, "GET", "/jobs?state=waiting&limit=4&queue=" + name, Map.of())));
        Map<String, Object> one = Map.of("max", 1, "to", "elsewhere");
        costs.add(cost(() -> done(operator, "POST", "/queues/" + name + "/move", one)));
        costs.add(cost(() -> done(operator, "POST", "/queues/" + name + "/drain", Map.of("max", 1))));
        return costs;
    }

    private static void done(String operator, String method, String path, Map<String, Object> body) {
        RequestSpecification request = given().header("Authorization", operator);
        if (!body.isEmpty()) {
            request.contentType(ContentType.JSON).body(body);
        }
        String said =
                request.request(method, path).then().statusCode(200).extract().asString();
        assertThat(said).doesNotContain("\"changed\":0");
    }

    private Cost cost(Runnable step) {
        Cost before = commands();
        step.run();
        Cost after = commands();
        return new Cost(after.calls() - before.calls(), after.micros() - before.micros());
    }

    private static Cost commands() {
        long total = 0;
        long micros = 0;
        Matcher calls =
                CALLS.matcher(String.join("\n", RedisNodes.ofTheService().ask("INFO", "commandstats")));
        while (calls.find()) {
            // Left out: the reading itself, what connections do by themselves, and the call of a script, which is two
            // where it is new.
            if (calls.group(1).matches("h.*|z.*|x.*|publish|time")
                    && !calls.group(1).equals("hello")) {
                total += Long.parseLong(calls.group(2));
                micros += Long.parseLong(calls.group(3));
            }
        }
        return new Cost(total, micros);
    }
}
