package dev.drover.jobs.lease;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.recovery.RecoveryProbe;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobLinks;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** Walks every edge of the job's state machine in docs/states.md, the allowed and the forbidden ones: each state meets each word. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class JobTransitionsTest {

    enum Word {
        LEASE,
        LEASE_WHEN_DUE,
        EXTEND,
        COMPLETE,
        FAIL_RETRY,
        FAIL_LAST,
        FAIL_FAILED,
        FAIL_DEAD,
        HAND_BACK,
        EXPIRE,
        /** The end of a job it does not wait for; the ways of those that wait are walked by DependenciesTest. */
        RELEASE,
        CANCEL,
        RETRY,
        /** To another queue. */
        MOVE
    }

    /** Where each word takes a job from each state; what is not listed changes nothing. */
    private static final Map<JobState, Map<Word, JobState>> EDGES = new EnumMap<>(Map.of(
            JobState.SCHEDULED,
            Map.of(
                    Word.LEASE_WHEN_DUE, JobState.ACTIVE,
                    Word.CANCEL, JobState.CANCELLED,
                    Word.MOVE, JobState.CANCELLED),
            JobState.WAITING,
            Map.of(
                    Word.LEASE, JobState.ACTIVE,
                    Word.LEASE_WHEN_DUE, JobState.ACTIVE,
                    Word.CANCEL, JobState.CANCELLED,
                    Word.MOVE, JobState.CANCELLED),
            JobState.FAILED,
            Map.of(Word.RETRY, JobState.WAITING),
            JobState.DEAD,
            Map.of(Word.RETRY, JobState.WAITING),
            JobState.CANCELLED,
            Map.of(Word.RETRY, JobState.WAITING),
            JobState.ACTIVE,
            Map.of(
                    Word.COMPLETE, JobState.SUCCEEDED,
                    Word.FAIL_RETRY, JobState.SCHEDULED,
                    Word.FAIL_LAST, JobState.DEAD,
                    Word.FAIL_FAILED, JobState.FAILED,
                    Word.FAIL_DEAD, JobState.DEAD,
                    Word.HAND_BACK, JobState.WAITING,
                    Word.EXPIRE, JobState.WAITING,
                    Word.CANCEL, JobState.CANCELLED)));

    private static final Set<JobState> REACHABLE = EnumSet.allOf(JobState.class);

    @Inject
    LeaseStore leases;

    @Inject
    JobStore jobs;

    @Inject
    JobLinks links;

    @Inject
    RecoveryProbe recovery;

    @Inject
    Queues queues;

    static Stream<Object[]> everyStateMeetsEveryWord() {
        return REACHABLE.stream()
                .flatMap(state -> Arrays.stream(Word.values()).map(word -> new Object[] {state, word}));
    }

    @ParameterizedTest(name = "{0} meets {1}")
    @MethodSource
    void everyStateMeetsEveryWord(JobState state, Word word) {
        QueueName queue = Queues.fresh();
        int attempts = word == Word.FAIL_LAST ? 1 : 5;
        Hold hold = bring(queue, state, attempts);
        Job before = jobs.find(hold.id()).orElseThrow();
        assertThat(before.state()).isEqualTo(state);
        int toldBefore = queues.outboxLength(queue);

        say(word, hold);

        Job after = jobs.find(hold.id()).orElseThrow();
        JobState expected = EDGES.getOrDefault(state, Map.of()).getOrDefault(word, state);
        assertThat(after.state()).isEqualTo(expected);
        if (expected == state && word != Word.EXTEND) {
            assertThat(after).as("a forbidden word changes nothing").isEqualTo(before);
        }
        assertThat(queues.outboxLength(queue) - toldBefore)
                .as("an end, a move, that it is tried again, and nothing else is told")
                .isEqualTo(told(state, word, expected));
    }

    /** How many entries the outbox has more: of a move one to its owner, and one to the other queue. */
    private static int told(JobState from, Word word, JobState to) {
        if (from == to) {
            return 0;
        }
        boolean triedAgain = from == JobState.ACTIVE && to == JobState.SCHEDULED;
        return word == Word.MOVE ? 2 : to.isEnded() || triedAgain ? 1 : 0;
    }

    /** Brings a fresh job to the state, and gives the last token someone held it with. */
    private Hold bring(QueueName queue, JobState state, int attempts) {
        if (state == JobState.SCHEDULED) {
            return new Hold(queues.add(queue, "test.work", Duration.ofHours(1), attempts), 1);
        }
        JobId id = queues.add(queue, "test.work", Duration.ZERO, attempts);
        if (state == JobState.WAITING) {
            return new Hold(id, 1);
        }
        Hold hold = take(queue);
        switch (state) {
            case ACTIVE -> {}
            case SUCCEEDED -> {
                // By another token than the one that speaks later: what the same token repeats is another test's.
                leases.complete(hold, Optional.empty());
                return new Hold(id, hold.fencingToken() + 1);
            }
            case FAILED -> {
                leases.fail(hold, Verdict.FAILED, "no");
                return new Hold(id, hold.fencingToken() + 1);
            }
            case DEAD -> {
                leases.fail(hold, Verdict.DEAD, "no");
                return new Hold(id, hold.fencingToken() + 1);
            }
            case CANCELLED -> jobs.cancel(id);
            case SCHEDULED, WAITING -> throw new IllegalStateException("handled above");
        }
        return hold;
    }

    private Hold take(QueueName queue) {
        return leases.lease(queue, new LeaseTerms(1, Duration.ofMinutes(1), "walker"))
                .leases()
                .getFirst()
                .hold();
    }

    private void say(Word word, Hold hold) {
        switch (word) {
            case LEASE -> leases.lease(hold.id().queue(), new LeaseTerms(1, Duration.ofMinutes(1), "other"));
            case LEASE_WHEN_DUE -> {
                if (jobs.find(hold.id()).orElseThrow().state() == JobState.SCHEDULED) {
                    queues.letBecomeDue(hold.id());
                }
                leases.lease(hold.id().queue(), new LeaseTerms(1, Duration.ofMinutes(1), "other"));
            }
            case EXTEND -> leases.extend(hold, Duration.ofMinutes(2));
            case COMPLETE -> leases.complete(hold, Optional.of("1"));
            case FAIL_RETRY, FAIL_LAST -> leases.fail(hold, Verdict.RETRY, "broken");
            case FAIL_FAILED -> leases.fail(hold, Verdict.FAILED, "no");
            case FAIL_DEAD -> leases.fail(hold, Verdict.DEAD, "never");
            case HAND_BACK -> leases.handBack(hold);
            case EXPIRE -> {
                if (jobs.find(hold.id()).orElseThrow().state() == JobState.ACTIVE) {
                    queues.letLeaseExpire(hold.id());
                }
                recovery.recover(hold.id().queue());
            }
            case RELEASE -> links.release(hold.id(), Queues.id(hold.id().queue()), "dead");
            case CANCEL -> jobs.cancel(hold.id());
            case RETRY -> asAdmin().post("/jobs/" + hold.id() + "/retry");
            case MOVE -> move(hold.id().queue());
        }
    }

    private static void move(QueueName queue) {
        Map<String, Object> selection =
                new HashMap<>(Map.of("to", Queues.fresh().value()));
        do {
            Response answer =
                    asAdmin().contentType(ContentType.JSON).body(selection).post("/queues/" + queue + "/move");
            answer.then().statusCode(200);
            selection.put("cursor", answer.path("nextCursor"));
        } while (selection.get("cursor") != null);
    }

    private static RequestSpecification asAdmin() {
        return given().header(
                        "Authorization",
                        TestIdentity.logIn("usr_0123456789abcdefghjkmnpqra", Roles.ADMIN)
                                .bearer());
    }
}
