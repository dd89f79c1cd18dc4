package dev.drover.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.outbox.OutboxRelay.Sweep;

class OutboxRelayTest {

    private static final String OUTBOX = "outbox-a";

    private final InMemoryOutboxStore store = new InMemoryOutboxStore();
    private final InMemoryJobQueue queue = new InMemoryJobQueue();
    private final InMemoryJobLinks links = new InMemoryJobLinks();
    private final InMemoryJobMoves moves = new InMemoryJobMoves();
    private final InMemoryChannelLog channel = new InMemoryChannelLog();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource time = () -> now;
    private final OutboxRelay relay = new OutboxRelay(
            store, queue, links, moves, channel, new SimpleMeterRegistry(), time.withZone(ZoneOffset.UTC));

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
    void eventsOfAChannelGoInOneCallInTheirOrderAndOneThatCanNeverBeToldHoldsNoneUp() {
        for (int i = 0; i < 50; i++) {
            store.add(OUTBOX, new OutboxEntry.Event(i % 2 == 0 ? "user:usr_a:events" : "public:b", "evt_" + i, "{}"));
        }
        store.add(OUTBOX, new OutboxEntry.Event("public:b", InMemoryChannelLog.REUSED, "{}"));

        assertThat(relay.sweep(List.of(OUTBOX))).isEqualTo(new Sweep(50, 1, 0, 0));

        assertThat(channel.calls)
                .as("one for each channel, and one for what was refused")
                .isEqualTo(3);
        assertThat(channel.messages)
                .filteredOn(told -> told.startsWith("public:b"))
                .startsWith("public:b evt_1 system", "public:b evt_3 system")
                .hasSize(25);
        assertThat(store.size(OUTBOX)).isZero();
    }

    /** Others may have delivered and removed it in the meantime, so long ago that the target knows no repeat. */
    @Test
    void aRelayThatSleptAfterItReadDeliversNoMoreOfWhatItRead() {
        store.add(OUTBOX, job("one"));
        store.add(OUTBOX, job("two"));
        store.add(OUTBOX, new OutboxEntry.Event("user:usr_a:events", "evt_1", "{}"));
        queue.onEnqueue = () -> now = now.plus(OutboxRelay.REPEATS_KNOWN);

        assertThat(relay.sweep(List.of(OUTBOX))).isEqualTo(new Sweep(1, 0, 2, 0));
        assertThat(queue.jobs).containsOnlyKeys(id("one"));
        assertThat(channel.calls).isZero();

        queue.onEnqueue = () -> {};
        assertThat(relay.sweep(List.of(OUTBOX))).isEqualTo(new Sweep(2, 0, 0, 0));
        assertThat(channel.messages).hasSize(1);
        assertThat(OutboxRelay.READ_FOR).isLessThan(OutboxRelay.REPEATS_KNOWN);
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

    @Test
    void whoWaitsForAJobThatHasEndedIsToldAtOnceAndWhoWaitsForAnotherLater() {
        links.ended.put(id("over"), "succeeded");
        store.add(
                OUTBOX,
                new OutboxEntry.Depends(id("child").toString(), id("over").toString()));
        store.add(
                OUTBOX,
                new OutboxEntry.Depends(id("child").toString(), id("running").toString()));

        assertThat(relay.sweep(List.of(OUTBOX)).delivered()).isEqualTo(2);
        assertThat(links.released).containsExactly(id("child") + " succeeded");

        store.add(OUTBOX, new OutboxEntry.Ended(id("running").toString(), "dead"));
        relay.sweep(List.of(OUTBOX));
        assertThat(links.released).containsExactly(id("child") + " succeeded", id("child") + " dead");
    }

    @Test
    void aRelayThatStopsBetweenThoseWhoWaitLosesNoneOfThem() {
        for (int i = 0; i < 250; i++) {
            links.link(id("parent"), id("child-" + i));
        }
        store.add(OUTBOX, new OutboxEntry.Ended(id("parent").toString(), "succeeded"));
        links.releasesLeft = 130;
        relay.sweep(List.of(OUTBOX));
        assertThat(store.size(OUTBOX)).isOne();

        relay.sweep(List.of(OUTBOX));

        assertThat(store.size(OUTBOX)).isZero();
        assertThat(links.released.stream().distinct()).hasSize(250);
    }

    @Test
    void aJobThatMovesArrivesOrWaitsUntilThereIsRoom() {
        store.add(OUTBOX, new OutboxEntry.Moved(id("moved").toString(), "{}", "{}", ""));
        moves.full = true;
        assertThat(relay.sweep(List.of(OUTBOX))).isEqualTo(new Sweep(0, 0, 1, 0));
        moves.full = false;
        assertThat(relay.sweep(List.of(OUTBOX))).isEqualTo(new Sweep(1, 0, 0, 0));
        assertThat(moves.arrived).containsExactly(id("moved"));
    }

    private static JobId id(String name) {
        return JobId.parse(job(name).id()).orElseThrow();
    }

    private static OutboxEntry.Job job(String name) {
        return new OutboxEntry.Job("job_media_" + Ids.derive(name), "media.process", "usr_a", "{}");
    }
}
