package dev.drover.jobs.lease;

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
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.limits.LimitName;
import dev.drover.jobs.limits.Places;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** J-27: queues that share a limit never have more leases than it has places, whoever dies between which steps. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class SharedLimitsTest {

    @Inject
    LeaseStore leases;

    @Inject
    RedisLeaseStore scripts;

    @Inject
    SharingQueues sharing;

    @Inject
    Places places;

    @Inject
    JobStore jobs;

    @Inject
    Queues queues;

    @Inject
    RedisCalls redis;

    private final QueueName first = Queues.fresh();
    private final QueueName second = Queues.fresh();
    private final LimitName limit = new LimitName("l-" + UUID.randomUUID());
    private final String held = "drover:{limit:" + limit + "}:held";

    @AfterEach
    void forget() {
        asAdmin().delete("/limits/" + limit).then().statusCode(204);
    }

    @Test
    void twoQueuesHaveNoMoreLeasesThanPlacesAndWhatEndsMakesRoomForTheOther() {
        set(Map.of("concurrency", 3)).statusCode(200);
        add(first, 5);
        add(second, 5);
        List<Lease> taken = take(first, 10);
        assertThat(taken).hasSize(3);
        assertThat(take(second, 10)).isEmpty();

        leases.complete(taken.get(0).hold(), Optional.empty());
        assertThat(take(second, 10)).hasSize(1);
        leases.fail(taken.get(1).hold(), Verdict.DEAD, "no");
        assertThat(take(second, 10)).hasSize(1);
        leases.handBack(taken.get(2).hold());
        assertThat(take(second, 10)).hasSize(1);
        assertThat(take(first, 10)).isEmpty();
        asAdmin().get("/limits/" + limit).then().statusCode(200).body("taken", equalTo(3));
    }

    @Test
    void aWordThatIsRefusedGivesNoPlaceBack() {
        set(Map.of("concurrency", 1)).statusCode(200);
        add(first, 1);
        add(second, 1);
        Hold hold = take(first, 1).getFirst().hold();
        leases.complete(new Hold(hold.id(), hold.fencingToken() + 1), Optional.empty());
        assertThat(take(second, 1)).isEmpty();
    }

    @Test
    void aPlaceOutlivesItsLeaseIsExtendedWithItAndEndsByItself() {
        set(Map.of("concurrency", 1)).statusCode(200);
        add(first, 1);
        add(second, 1);
        Lease lease = take(first, 1).getFirst();
        assertThat(placeEnds(lease.hold())).isGreaterThan(lease.expiresAt().toEpochMilli());
        leases.extend(lease.hold(), Duration.ofMinutes(5));
        assertThat(placeEnds(lease.hold()))
                .isGreaterThan(lease.expiresAt().plus(Duration.ofMinutes(3)).toEpochMilli());
        assertThat(take(second, 1)).isEmpty();
        // As time would.
        redis.send(
                Command.ZADD,
                held,
                "1",
                Places.place(lease.hold().id(), lease.hold().fencingToken()));
        assertThat(take(second, 1)).hasSize(1);
    }

    @Test
    void whoDiesBetweenThePlaceAndTheJobLeavesAPlaceThatEndsByItself() {
        set(Map.of("concurrency", 2)).statusCode(200);
        add(first, 2);
        assertThat(places.reserve(limit, 2)).isInstanceOf(Places.Reservation.Granted.class);
        assertThat(take(first, 2)).isEmpty();
        for (Response place : redis.send(Command.ZRANGE, held, "0", "-1")) {
            redis.send(Command.ZADD, held, "1", place.toString());
        }
        assertThat(take(first, 2)).hasSize(2);
    }

    @Test
    void jobsWhoseReservationHadEndedAreHandedBackBeforeAnybodyHasThem() {
        set(Map.of("concurrency", 2)).statusCode(200);
        add(first, 2);
        LimitedLeaseStore slow = new LimitedLeaseStore(scripts, new LatePlaces(), sharing);
        assertThat(slow.lease(first, terms(2)).leases()).isEmpty();
        List<Lease> again = take(first, 2);
        assertThat(again).hasSize(2).allMatch(lease -> lease.attempt() == 1);
    }

    @Test
    void noMoreBeginThanTheRateLetsWhicheverQueueTheyAreOf() {
        set(Map.of("rate", Map.of("count", 3, "period", "PT24H"))).statusCode(200);
        add(first, 5);
        add(second, 5);
        List<Lease> taken = new ArrayList<>(take(first, 2));
        taken.addAll(take(second, 10));
        assertThat(taken).hasSize(3);
        taken.forEach(lease -> leases.complete(lease.hold(), Optional.empty()));
        assertThat(take(first, 10)).isEmpty();
    }

    @Test
    void manyWorkersOfBothQueuesNeverHoldMoreThanThePlaces() throws Exception {
        int concurrency = 4;
        set(Map.of("concurrency", concurrency)).statusCode(200);
        add(first, 40);
        add(second, 40);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int n = 0; n < 8; n++) {
                QueueName mine = n % 2 == 0 ? first : second;
                all.add(workers.submit(() -> {
                    while (done.get() < 80) {
                        // Counted only while the leases are held: from after they were taken until before they are
                        // settled.
                        List<Lease> mineNow = take(mine, 3);
                        most.accumulateAndGet(running.addAndGet(mineNow.size()), Math::max);
                        for (Lease lease : mineNow) {
                            running.decrementAndGet();
                            leases.complete(lease.hold(), Optional.empty());
                            done.incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> worker : all) {
                worker.get();
            }
        }
        assertThat(done).hasValue(80);
        assertThat(most.get()).isLessThanOrEqualTo(concurrency);
        assertThat(redis.send(Command.ZCARD, held).toInteger()).isZero();
    }

    @Test
    void aQueueIsUnderOneLimitAndIsFreeWithoutIt() {
        set(Map.of("concurrency", 1)).statusCode(200);
        add(first, 3);
        String other = "l-" + UUID.randomUUID();
        HttpContract.problem(
                asAdmin()
                        .body(Map.of("queues", List.of(second.value()), "concurrency", 1))
                        .put("/limits/" + other)
                        .then(),
                409,
                "conflict");
        HttpContract.problem(asAdmin().get("/limits/" + other).then(), 404, "limit_not_found");
        HttpContract.problem(
                asAdmin()
                        .body(Map.of("queues", List.of(first.value())))
                        .put("/limits/" + limit)
                        .then(),
                400,
                "validation_failed");
        asAdmin().get("/limits").then().statusCode(200).body("limits.name", hasItem(limit.value()));
        assertThat(take(first, 3)).hasSize(1);
        asAdmin().delete("/limits/" + limit).then().statusCode(204);
        assertThat(take(first, 3)).hasSize(2);
    }

    @Test
    void aQueueThatIsLeftOutIsFreeAgain() {
        set(Map.of("concurrency", 1)).statusCode(200);
        asAdmin()
                .body(Map.of("queues", List.of(first.value()), "concurrency", 1))
                .put("/limits/" + limit)
                .then()
                .statusCode(200)
                .body("queues", equalTo(List.of(first.value())));
        add(second, 2);
        assertThat(take(second, 2)).hasSize(2);
    }

    /** Whoever froze between the lease and the places: the reservation is over. */
    private final class LatePlaces implements Places {

        @Override
        public Reservation reserve(LimitName name, int wanted) {
            return places.reserve(name, wanted);
        }

        @Override
        public int assign(LimitName name, Reservation.Granted reservation, Duration lease, List<String> names) {
            redis.send(Command.DEL, held);
            return places.assign(name, reservation, lease, names);
        }

        @Override
        public void extend(LimitName name, Duration lease, List<String> names) {
            places.extend(name, lease, names);
        }

        @Override
        public void release(LimitName name, List<String> names) {
            places.release(name, names);
        }
    }

    private long placeEnds(Hold hold) {
        return (long) Double.parseDouble(redis.send(Command.ZSCORE, held, Places.place(hold.id(), hold.fencingToken()))
                .toString());
    }

    private void add(QueueName name, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(jobs.find(queues.add(name)).orElseThrow().state()).isEqualTo(JobState.WAITING);
        }
    }

    private List<Lease> take(QueueName name, int max) {
        return leases.lease(name, terms(max)).leases();
    }

    private static LeaseTerms terms(int max) {
        return new LeaseTerms(max, Duration.ofMinutes(1), "sharer");
    }

    private ValidatableResponse set(Map<String, Object> limits) {
        Map<String, Object> body = new HashMap<>(limits);
        body.put("queues", List.of(first.value(), second.value()));
        return asAdmin().body(body).put("/limits/" + limit).then();
    }

    private static RequestSpecification asAdmin() {
        return given().header(
                        "Authorization",
                        TestIdentity.logIn("usr_0123456789abcdefghjkmnpqra", Roles.ADMIN)
                                .bearer())
                .contentType(ContentType.JSON);
    }
}
