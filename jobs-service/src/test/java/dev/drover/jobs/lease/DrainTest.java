package dev.drover.jobs.lease;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** An instance of its own, because it is drained; and one whose idle callers do not look by themselves, so that only the drain can end a wait. */
@QuarkusTest
@TestProfile(DrainTest.WithoutLooking.class)
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class DrainTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** The client of the tests has much to load before its first one. */
    private static final Duration FIRST_REQUEST = Duration.ofSeconds(60);

    public static final class WithoutLooking implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("drover.jobs.lease.look-every", "PT1H");
        }
    }

    @Inject
    Event<ShutdownDelayInitiatedEvent> shutdown;

    @Inject
    QueueSignals signals;

    @Inject
    LeaseStore store;

    @Inject
    Queues queues;

    private final QueueName name = Queues.fresh();

    @Test
    void workersThatWaitAreSentAwayAtOnceAndNoJobIsLostToThem() throws Exception {
        String worker = TestIdentity.logIn("usr_worker", Roles.WORKER).bearer();
        try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
            List<Future<Response>> polls =
                    List.of(workers.submit(() -> lease(worker)), workers.submit(() -> lease(worker)));
            Eventually.within(FIRST_REQUEST).until(() -> signals.isAwaited(name));

            shutdown.fire(new ShutdownDelayInitiatedEvent());

            for (Future<Response> poll : polls) {
                assertEmpty(poll.get(SOON.toSeconds(), TimeUnit.SECONDS));
            }
        }
        JobId id = queues.add(name);
        assertEmpty(lease(worker));
        // Another instance hands it out.
        assertThat(store.lease(name, new LeaseTerms(1, Duration.ofMinutes(1), "elsewhere"))
                        .leases())
                .singleElement()
                .satisfies(lease -> assertThat(lease.hold().id()).isEqualTo(id));
    }

    private static void assertEmpty(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("jobs")).isEmpty();
    }

    private Response lease(String worker) {
        return given().header("Authorization", worker)
                .contentType(ContentType.JSON)
                .body(Map.of("worker", "py-1", "waitMs", 20_000))
                .post("/queues/" + name + "/lease");
    }
}
