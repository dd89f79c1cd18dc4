package dev.drover.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.schedule.ScheduleStore.Expected;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.outbox.OutboxRelay;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.testing.MutableClock;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class SchedulesTest {

    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final int REPLICAS = 4;
    private static final int TICKS = 200;

    @Inject
    ScheduleStore store;

    @Inject
    OutboxRelay relay;

    @Inject
    ScheduleConfig config;

    @Inject
    RedisCalls redis;

    private final MutableClock clock = new MutableClock(START);
    private final QueueName queue = Queues.fresh();
    private final ScheduleName name =
            new ScheduleName("t-" + Ids.derive(UUID.randomUUID().toString()));

    @AfterEach
    void delete() {
        store.delete(name, new Expected.Anything());
    }

    @Test
    void fourReplicasThatAreKilledAtTheTickFireEachOfTwoHundredOnce() throws Exception {
        put("0 * * * * *", Misfire.ALL, Duration.ZERO);
        Random fates = new Random(7);
        List<Schedules> replicas = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(mortal(fates));
        }
        int killed = 0;
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int tick = 1; tick <= TICKS; tick++) {
                clock.advance(Duration.ofMinutes(1));
                List<Callable<Boolean>> looks = replicas.stream()
                        .<Callable<Boolean>>map(replica -> () -> survives(replica))
                        .toList();
                List<Future<Boolean>> survived = all.invokeAll(looks);
                for (int i = 0; i < REPLICAS; i++) {
                    if (!survived.get(i).get()) {
                        replicas.set(i, mortal(fates));
                        killed++;
                    }
                }
            }
        }
        // What the last ones left behind is carried on by whoever comes next.
        healthy().runOnce();
        assertThat(killed).as("kills").isGreaterThan(TICKS / 4);
        assertThat(fired()).hasSize(TICKS);
        assertThat(firedOnQueue()).isEqualTo(TICKS);
        assertThat(store.history(name, config.historyMax()))
                .extracting(Firing::tick)
                .doesNotHaveDuplicates()
                .first()
                .isEqualTo(START.plus(TICKS, ChronoUnit.MINUTES));
    }

    private Schedules mortal(Random fates) {
        return new Schedules(new DyingStore(store, fates), relay, clock, config);
    }

    private Schedules healthy() {
        return new Schedules(store, relay, clock, config);
    }

    private static boolean survives(Schedules replica) {
        try {
            replica.runOnce();
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    @Test
    void ticksInTimeAllFireHoweverFewLooksThereAre() {
        put("*/10 * * * * *", Misfire.SKIP, Duration.ZERO);
        clock.advance(Duration.ofSeconds(35));
        assertThat(healthy().runOnce().fired()).isEqualTo(3);
        assertThat(healthy().runOnce().fired()).isZero();
        assertThat(causes()).containsExactly(Firing.Cause.TICK, Firing.Cause.TICK, Firing.Cause.TICK);
    }

    @Test
    void lateTicksAreSkipped() {
        put("0 * * * *", Misfire.SKIP, Duration.ZERO);
        clock.advance(Duration.ofHours(5).plusMinutes(30));
        assertThat(healthy().runOnce().fired()).isZero();
        assertThat(causes()).containsExactly(Firing.Cause.SKIPPED);
        clock.advance(Duration.ofMinutes(30));
        assertThat(healthy().runOnce().fired()).isOne();
    }

    @Test
    void ofLateTicksTheLatestFiresForAll() {
        put("0 * * * *", Misfire.ONCE, Duration.ZERO);
        clock.advance(Duration.ofHours(5).plusMinutes(30));
        assertThat(healthy().runOnce().fired()).isOne();
        assertThat(store.history(name, 1).getFirst().tick()).isEqualTo(START.plus(5, ChronoUnit.HOURS));
        assertThat(causes()).containsExactly(Firing.Cause.LATE, Firing.Cause.SKIPPED);
    }

    @Test
    void ofManyLateTicksNoMoreThanTheBoundFire() {
        put("* * * * *", Misfire.ALL, Duration.ZERO);
        clock.advance(Duration.ofDays(2));
        assertThat(healthy().runOnce().fired()).isEqualTo(config.catchUpMax());
        assertThat(healthy().runOnce().fired()).isZero();
        assertThat(firedOnQueue()).isEqualTo(config.catchUpMax());
    }

    @Test
    void jitterPutsATickOffByTheSameTimeOnEveryReplica() {
        put("0 * * * *", Misfire.ONCE, Duration.ofMinutes(30));
        Schedule schedule = store.find(name).orElseThrow();
        Definition.Tick tick =
                schedule.definition().tick(name, schedule.nextTick().orElseThrow());
        assertThat(Duration.between(tick.at(), tick.due())).isBetween(Duration.ZERO, Duration.ofMinutes(30));
        clock.advance(Duration.between(START, tick.due()).minusMillis(1));
        assertThat(healthy().runOnce().fired()).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(healthy().runOnce().fired()).isOne();
    }

    @Test
    void aPausedScheduleDoesNotTickAndGoesOnFromNow() {
        put("0 * * * *", Misfire.ALL, Duration.ZERO);
        Schedule schedule = store.find(name).orElseThrow();
        store.pause(schedule, true, Optional.empty());
        clock.advance(Duration.ofHours(3));
        assertThat(healthy().runOnce().fired()).isZero();
        store.pause(schedule, false, healthy().next(name, schedule.definition()));
        assertThat(healthy().runOnce().fired()).isZero();
        clock.advance(Duration.ofHours(1));
        assertThat(healthy().runOnce().fired()).isOne();
    }

    @Test
    void aTickOfAFormerDefinitionIsNotClaimed() {
        put("0 * * * *", Misfire.ONCE, Duration.ZERO);
        Schedule before = store.find(name).orElseThrow();
        put("30 * * * *", Misfire.ONCE, Duration.ZERO);
        assertThat(store.claim(before, List.of(), Optional.empty())).isFalse();
        store.delete(name, new Expected.Anything());
        assertThat(store.claim(before, List.of(), Optional.empty())).isFalse();
    }

    @Test
    void aScheduleThatHasNoMoreTicksRests() {
        put("0 0 29 2 *", Misfire.ONCE, Duration.ZERO);
        Schedule schedule = store.find(name).orElseThrow();
        assertThat(store.claim(schedule, List.of(), Optional.empty())).isTrue();
        assertThat(store.find(name).orElseThrow().nextTick()).isEmpty();
        clock.advance(Duration.ofDays(2000));
        assertThat(healthy().runOnce().fired()).isZero();
    }

    private void put(String cron, Misfire misfire, Duration jitter) {
        Definition definition =
                new Definition(cron, "Europe/Berlin", queue, "test.work", "{}", misfire, jitter, Queues.OWNER);
        store.put(
                name,
                definition,
                new Expected.Anything(),
                definition.nextAfter(name, clock.instant()),
                clock.instant());
    }

    private List<Firing.Cause> causes() {
        return store.history(name, 10).stream().map(Firing::cause).toList();
    }

    /** The jobs this schedule has added, by id. */
    private List<String> fired() {
        List<String> ids = new ArrayList<>();
        Response all = redis.send(Command.ZRANGE, new JobKeys(queue).waiting(), "0", "-1");
        all.forEach(id -> ids.add(id.toString()));
        return ids;
    }

    private int firedOnQueue() {
        return redis.send(Command.HLEN, new JobKeys(queue).jobs()).toInteger();
    }
}
