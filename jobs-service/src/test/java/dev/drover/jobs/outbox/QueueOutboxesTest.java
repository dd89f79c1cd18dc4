package dev.drover.jobs.outbox;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;

/** J-8, the second half: what stands in a queue's outbox reaches the owner's channel, once. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class QueueOutboxesTest {

    private static final String EVENTS = ChannelKeys.log(ChannelName.eventsOf(Queues.OWNER));

    @Inject
    QueueOutboxes outboxes;

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

    private long told(JobId id) {
        String all = String.valueOf(redis.send(Command.XRANGE, EVENTS, "-", "+"));
        return all.split("\"jobId\":\"" + id + "\"", -1).length - 1L;
    }
}
