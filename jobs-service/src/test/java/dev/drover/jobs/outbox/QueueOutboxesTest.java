package dev.drover.jobs.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelLog;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.jobs.Dependencies;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobLinks;
import dev.drover.platform.jobs.JobMoves;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.outbox.OutboxRelay;
import dev.drover.platform.outbox.OutboxStore;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.testing.RedisFixture;

/** J-8, the second half: what stands in a queue's outbox reaches the owner's channel, once. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class QueueOutboxesTest {

    private static final int CALLS_MAX = 40;
    private static final String EVENTS = ChannelKeys.log(ChannelName.eventsOf(Queues.OWNER));

    @Inject
    QueueOutboxes outboxes;

    @Inject
    OutboxStore store;

    @Inject
    JobQueue queue;

    @Inject
    JobLinks links;

    @Inject
    JobMoves moves;

    @Inject
    ChannelLog channels;

    @Inject
    JobStore jobs;

    @Inject
    LeaseStore leases;

    @Inject
    Queues queues;

    @Inject
    RedisCalls redis;

    private final QueueName name = Queues.fresh();

    @Test
    void theOwnerIsToldOnceThatAJobHasEnded() {
        JobId id = queues.add(name);
        leases.lease(name, new LeaseTerms(1, Duration.ofMinutes(1), "w"))
                .leases()
                .forEach(lease -> leases.complete(lease.hold(), Optional.of("1")));
        assertThat(told(id)).isZero();

        assertThat(outboxes.runOnce()).isPositive();
        outboxes.runOnce();

        assertThat(told(id)).isOne();
        assertThat(queues.outboxLength(name)).isZero();
    }

    @Test
    void anEntryThatIsDeliveredAgainIsRecognised() {
        JobId id = queues.add(name);
        leases.lease(name, new LeaseTerms(1, Duration.ofMinutes(1), "w"))
                .leases()
                .forEach(lease -> leases.complete(lease.hold(), Optional.of("1")));
        String outbox = new JobKeys(name).outbox();
        var fields = redis.send(Command.XRANGE, outbox, "-", "+").get(0).get(1);
        outboxes.runOnce();
        // As if the relay had died between delivery and removal.
        List<String> again = new ArrayList<>(List.of(outbox, "*"));
        for (int i = 0; i < fields.size(); i++) {
            again.add(fields.get(i).toString());
        }
        redis.send(Command.XADD, again.toArray(String[]::new));
        outboxes.runOnce();
        assertThat(told(id)).isOne();
    }

    @Test
    void anEntryNobodyCanReadIsKeptAsideWithTheReason() {
        queues.add(name);
        String outbox = new JobKeys(name).outbox();
        redis.send(Command.XADD, outbox, "*", "kind", "riddle", "data", "?");
        outboxes.runOnce();
        assertThat(queues.outboxLength(name)).isZero();
        assertThat(redis.send(Command.XRANGE, outbox + "-buried", "-", "+").toString())
                .contains("no known kind of entry: riddle", "data, ?");
    }

    @Test
    void aTickGoesOnUntilAllIsToldAndNotOnlyWhatOneSweepTakesOn() {
        for (int count : List.of(JobQueue.BATCH_MAX, 50)) {
            queue.enqueueAll(Stream.generate(() -> NewJob.now(Queues.id(name), "test.work", Queues.OWNER, "{}"))
                    .limit(count)
                    .toList());
            leases.completeAll(leases.lease(name, new LeaseTerms(count, Duration.ofMinutes(1), "w")).leases().stream()
                    .map(lease -> new LeaseStore.Completion(lease.hold(), Optional.empty()))
                    .toList());
        }
        assertThat(queues.outboxLength(name)).isGreaterThan(OutboxRelay.SWEEP_MAX);
        outboxes.tick();
        assertThat(queues.outboxLength(name)).isZero();
    }

    /** A relay that is killed before or after any of its calls: the N-th fails, N = 1, 2, … until a sweep makes fewer than that. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whicheverCallOfARelayFailsAnotherSweepTellsAndReleasesEachOnce(boolean afterwards) {
        int number = 0;
        boolean struck;
        do {
            number++;
            QueueName from = Queues.fresh();
            QueueName other = Queues.fresh();
            JobId parent = queues.add(from);
            JobId alone = queues.add(from);
            JobId child = Queues.id(other);
            queue.enqueue(NewJob.now(child, "test.work", Queues.OWNER, "{}")
                    .with(JobOptions.NONE.after(new Dependencies(List.of(parent), Dependencies.OnFailure.CANCELLED))));
            leases.lease(from, new LeaseTerms(2, Duration.ofMinutes(1), "w"))
                    .leases()
                    .forEach(lease -> leases.complete(lease.hold(), Optional.of("1")));
            AtomicInteger untilFailure = new AtomicInteger(number);
            List<String> both = List.of(new JobKeys(from).outbox(), new JobKeys(other).outbox());
            try {
                relay(untilFailure, afterwards).sweep(both);
            } catch (StoreUnavailableException e) {
                // As if it had been killed there.
            }
            struck = untilFailure.get() <= 0;

            relay(new AtomicInteger(), afterwards).sweep(both);

            assertThat(told(parent)).as("call %d", number).isOne();
            assertThat(told(alone)).as("call %d", number).isOne();
            assertThat(jobs.find(child).orElseThrow().state()).isEqualTo(JobState.WAITING);
            assertThat(redis.send(Command.ZCARD, new JobKeys(other).waiting()).toInteger())
                    .isOne();
            assertThat(queues.outboxLength(from) + queues.outboxLength(other)).isZero();
        } while (struck && number < CALLS_MAX);
        assertThat(number).as("calls that were made to fail").isBetween(7, CALLS_MAX - 1);
    }

    /** @param untilFailure counted down by each call; the one that reaches zero fails */
    private OutboxRelay relay(AtomicInteger untilFailure, boolean afterwards) {
        return new OutboxRelay(
                faulty(OutboxStore.class, store, untilFailure, afterwards),
                queue,
                faulty(JobLinks.class, links, untilFailure, afterwards),
                moves,
                faulty(ChannelLog.class, channels, untilFailure, afterwards),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
    }

    private static <T> T faulty(Class<T> type, T target, AtomicInteger untilFailure, boolean afterwards) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            boolean fails = untilFailure.decrementAndGet() == 0;
            if (fails && !afterwards) {
                throw new StoreUnavailableException("Redis", null);
            }
            Object answer;
            try {
                answer = method.isDefault()
                        ? InvocationHandler.invokeDefault(proxy, method, args)
                        : method.invoke(target, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (fails) {
                throw new StoreUnavailableException("Redis", null);
            }
            return answer;
        }));
    }

    private long told(JobId id) {
        String all = String.valueOf(redis.send(Command.XRANGE, EVENTS, "-", "+"));
        return all.split("\"jobId\":\"" + id + "\"", -1).length - 1L;
    }
}
