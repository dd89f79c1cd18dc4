package dev.drover.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelLog;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.outbox.OutboxRelay.Sweep;
import dev.drover.platform.redis.StoreUnavailableException;

class OutboxRelayTest {

    private static final String OUTBOX = "outbox-a";

    private final InMemoryOutboxStore store = new InMemoryOutboxStore();
    private final Queue queue = new Queue();
    private final Channel channel = new Channel();
    private final OutboxRelay relay = new OutboxRelay(store, queue, channel, new SimpleMeterRegistry());

    @Test
    void jobsAndEventsArriveAndTheirEntriesGo() {
        store.add(OUTBOX, job("one"));
        store.add("outbox-b", new OutboxEntry.Event("user:usr_a:events", "evt_1", "{}"));

        assertThat(relay.sweep(List.of(OUTBOX, "outbox-b"))).isEqualTo(new Sweep(2, 0, 0, 0));

        assertThat(queue.jobs).containsOnlyKeys(id("one"));
        assertThat(channel.messages).containsExactly("user:usr_a:events evt_1 system");
        assertThat(store.size(OUTBOX) + store.size("outbox-b")).isZero();
    }

    @Test
    void theFastPathDeliversOneEntryAndNeverFails() {
        OutboxEntry.Job job = job("one");
        OutboxPosition position = store.add(OUTBOX, job);
        queue.down = true;
        relay.relay(position, job);
        assertThat(store.size(OUTBOX)).isEqualTo(1);

        queue.down = false;
        relay.relay(position, job);

        assertThat(store.size(OUTBOX)).isZero();
        assertThat(queue.jobs).hasSize(1);
    }

    @Test
    void anEntryThatWasDeliveredAndNotRemovedIsRemovedNextTime() {
        OutboxEntry.Job job = job("one");
        store.add(OUTBOX, job);
        queue.enqueue(NewJob.now(id("one"), job.type(), job.owner(), job.payload()));

        relay.sweep(List.of(OUTBOX));

        assertThat(queue.jobs).hasSize(1);
        assertThat(store.size(OUTBOX)).isZero();
    }

    @Test
    void whatCanNeverBeDeliveredIsBuriedAndHoldsNobodyUp() {
        store.addUnreadable(OUTBOX);
        store.add(OUTBOX, new OutboxEntry.Job("no-job-id", "media.process", "usr_a", "{}"));
        store.add(OUTBOX, new OutboxEntry.Event("not a channel", "evt_1", "{}"));
        queue.enqueue(NewJob.now(id("taken"), "another.type", "usr_b", "{}"));
        store.add(OUTBOX, job("taken"));
        store.add(OUTBOX, job("good"));

        assertThat(relay.sweep(List.of(OUTBOX))).isEqualTo(new Sweep(1, 4, 0, 0));

        assertThat(queue.jobs).containsKey(id("good"));
        assertThat(store.buried()).hasSize(4);
        assertThat(store.size(OUTBOX)).isZero();
    }

    @Test
    void whatCannotBeDeliveredNowStaysAndHoldsNobodyUp() {
        queue.full = id("later");
        for (int i = 0; i < OutboxRelay.BATCH_MAX; i++) {
            store.add(OUTBOX, job("later"));
        }
        store.add(OUTBOX, job("good"));

        assertThat(relay.sweep(List.of(OUTBOX))).isEqualTo(new Sweep(1, 0, OutboxRelay.BATCH_MAX, 0));

        assertThat(queue.jobs).containsOnlyKeys(id("good"));
        assertThat(store.size(OUTBOX)).isEqualTo(OutboxRelay.BATCH_MAX);
    }

    @Test
    void aStoreThatIsDownLeavesEverythingForTheNextSweep() {
        store.add(OUTBOX, job("one"));
        store.add("outbox-b", new OutboxEntry.Event("user:usr_a:events", "evt_1", "{}"));
        queue.down = true;

        assertThat(relay.sweep(List.of(OUTBOX, "outbox-b"))).isEqualTo(new Sweep(1, 0, 0, 1));

        queue.down = false;
        assertThat(relay.sweep(List.of(OUTBOX, "outbox-b"))).isEqualTo(new Sweep(1, 0, 0, 0));
    }

    @Test
    void aSweepIsBounded() {
        int most = OutboxRelay.BATCH_MAX * OutboxRelay.BATCHES_MAX;
        for (int i = 0; i < most + 5; i++) {
            store.add(OUTBOX, job("job " + i));
        }

        assertThat(relay.sweep(List.of(OUTBOX)).delivered()).isEqualTo(most);
        assertThat(relay.sweep(List.of(OUTBOX)).delivered()).isEqualTo(5);
    }

    private static JobId id(String name) {
        return JobId.parse(job(name).id()).orElseThrow();
    }

    private static OutboxEntry.Job job(String name) {
        return new OutboxEntry.Job("job_media_" + Ids.derive(name), "media.process", "usr_a", "{}");
    }

    private static final class Queue implements JobQueue {

        private final Map<JobId, NewJob> jobs = new LinkedHashMap<>();
        private boolean down;
        private JobId full;

        @Override
        public EnqueueResult enqueue(NewJob job) {
            if (down) {
                throw new StoreUnavailableException("Redis", null);
            }
            if (job.id().equals(full)) {
                return new EnqueueResult.TooManyQueues(job.id().queue());
            }
            NewJob known = jobs.putIfAbsent(job.id(), job);
            if (known == null) {
                return new EnqueueResult.Enqueued(job.id());
            }
            return known.equals(job) ? new EnqueueResult.AlreadyKnown(job.id()) : new EnqueueResult.IdInUse(job.id());
        }
    }

    private static final class Channel implements ChannelLog {

        private final List<String> messages = new ArrayList<>();

        @Override
        public Appended append(ChannelName channel, String id, String data, String from, Duration dedupe) {
            messages.add(channel + " " + id + " " + from);
            return new Appended(new Position("epoch", messages.size()), false);
        }
    }
}
