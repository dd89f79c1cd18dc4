package dev.drover.platform.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import dev.drover.platform.channels.ChannelLog;
import dev.drover.platform.channels.ChannelLog.Outcome;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.channels.MessageIdReusedException;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobLinks;
import dev.drover.platform.jobs.JobMoves;
import dev.drover.platform.jobs.JobMoves.ArrivalResult;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.redis.StoreUnavailableException;

/**
 * Carries entries from outboxes to where they belong: delivers first and removes after, so that a crash in between only delivers again,
 * which the target recognises by the entry's id. Relays need not know of each other.
 *
 * <p>An entry that can never be delivered is buried; one that cannot be delivered now stays, and those behind it are not kept waiting.
 */
@Singleton
public final class OutboxRelay {

    /** How long a channel recognises a repeat, by a key of some 300 bytes for each event. Who fails to remove what it told for longer, tells it twice. */
    static final Duration REPEATS_KNOWN = Duration.ofMinutes(10);

    /** What was read longer ago is not delivered: others may have delivered and removed it while this process slept. */
    static final Duration READ_FOR = REPEATS_KNOWN.dividedBy(2);

    static final int BATCH_MAX = 100;
    static final int BATCHES_MAX = 10;

    /** How many entries of one outbox a sweep takes on at most. */
    public static final int SWEEP_MAX = BATCH_MAX * BATCHES_MAX;

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final String FROM = "system";

    private final OutboxStore store;
    private final JobQueue jobs;
    private final JobLinks links;
    private final JobMoves moves;
    private final ChannelLog channels;
    private final MeterRegistry metrics;
    private final Clock clock;

    public OutboxRelay(
            OutboxStore store,
            JobQueue jobs,
            JobLinks links,
            JobMoves moves,
            ChannelLog channels,
            MeterRegistry metrics,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.links = links;
        this.moves = moves;
        this.channels = channels;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What a sweep did. {@code left}: entries it could not deliver now; {@code unreachable}: outboxes it did not get through. */
    public record Sweep(int delivered, int buried, int left, int unreachable) {

        static final Sweep NOTHING = new Sweep(0, 0, 0, 0);

        Sweep plus(Sweep other) {
            return new Sweep(
                    delivered + other.delivered,
                    buried + other.buried,
                    left + other.left,
                    unreachable + other.unreachable);
        }
    }

    /**
     * The fast path, right after the change that left the entry: spares it the wait for the next sweep. Never fails; what does not work is
     * left for the sweep.
     */
    public void relay(OutboxPosition position, OutboxEntry entry) {
        try {
            relayAll(position.outbox(), List.of(new StoredEntry.Readable(position, entry)), clock.instant());
        } catch (StoreUnavailableException e) {
            LOG.debugf("an entry of %s is left for the sweep: %s", position.outbox(), e.getMessage());
        }
    }

    /**
     * Relays what waits in the outboxes, at most {@value #BATCHES_MAX} batches of {@value #BATCH_MAX} of each. An outbox that does not
     * answer is for the next sweep and does not keep the others waiting.
     */
    public Sweep sweep(List<String> outboxes) {
        Instant readAt = clock.instant();
        Map<String, List<StoredEntry>> oldest = store.oldest(outboxes, BATCH_MAX);
        Sweep total = new Sweep(0, 0, 0, outboxes.size() - oldest.size());
        for (Map.Entry<String, List<StoredEntry>> outbox : oldest.entrySet()) {
            try {
                total = total.plus(drain(outbox.getKey(), outbox.getValue(), readAt));
            } catch (StoreUnavailableException e) {
                LOG.debugf("the sweep of %s is cut short: %s", outbox.getKey(), e.getMessage());
                total = total.plus(new Sweep(0, 0, 0, 1));
            }
        }
        return total;
    }

    private Sweep drain(String outbox, List<StoredEntry> first, Instant firstReadAt) {
        Sweep total = Sweep.NOTHING;
        List<StoredEntry> batch = first;
        Instant readAt = firstReadAt;
        for (int batches = 1; !batch.isEmpty(); batches++) {
            total = total.plus(relayAll(outbox, batch, readAt));
            if (batch.size() < BATCH_MAX || batches == BATCHES_MAX) {
                break;
            }
            readAt = clock.instant();
            batch = store.after(batch.getLast().position(), BATCH_MAX);
        }
        return total;
    }

    private Sweep relayAll(String outbox, List<StoredEntry> entries, Instant readAt) {
        Round round = new Round(outbox, readAt);
        Map<String, List<StoredEntry>> events = new LinkedHashMap<>();
        try {
            for (StoredEntry stored : entries) {
                if (stored instanceof StoredEntry.Readable(var position, OutboxEntry.Event event)) {
                    events.computeIfAbsent(event.channel(), channel -> new ArrayList<>())
                            .add(stored);
                } else {
                    round.note(stored, isOld(round) ? Delivery.OLD : deliver(stored));
                }
            }
            events.forEach((channel, ofIt) -> tell(channel, ofIt, round));
        } finally {
            // Also when a store failed on the way: what is through need not go again.
            store.remove(outbox, round.delivered);
        }
        metrics.counter("drover.outbox.delivered").increment(round.delivered.size());
        return new Sweep(round.delivered.size(), round.buried, round.left, 0);
    }

    private boolean isOld(Round round) {
        return clock.instant().isAfter(round.readAt.plus(READ_FOR));
    }

    /** What became of the entries of one batch. */
    private final class Round {

        private final String outbox;
        private final Instant readAt;
        private final List<String> delivered = new ArrayList<>();
        private int buried;
        private int left;

        Round(String outbox, Instant readAt) {
            this.outbox = outbox;
            this.readAt = readAt;
        }

        void note(StoredEntry stored, Delivery delivery) {
            switch (delivery) {
                case Delivery.Done done -> delivered.add(stored.position().entryId());
                case Delivery.NotNow(String reason) -> {
                    left++;
                    LOG.warnf("an entry of %s cannot be delivered now: %s", outbox, reason);
                }
                case Delivery.Never(String reason) -> {
                    bury(stored, reason);
                    buried++;
                }
            }
        }
    }

    /** Events of a channel in one step, in their order; when that is refused each by itself, so that one is not buried for another's fault. */
    private void tell(String channel, List<StoredEntry> events, Round round) {
        if (isOld(round)) {
            events.forEach(event -> round.note(event, Delivery.OLD));
            return;
        }
        List<Outcome> outcomes = List.of();
        if (events.size() > 1) {
            try {
                outcomes = channels.appendAll(
                        new ChannelName(channel),
                        events.stream().map(OutboxRelay::message).toList(),
                        FROM,
                        REPEATS_KNOWN);
            } catch (IllegalArgumentException | IllegalStateException e) {
                LOG.debugf("events of %s are told one by one: %s", channel, e.getMessage());
            }
        }
        for (int i = 0; i < events.size(); i++) {
            boolean isTold = !outcomes.isEmpty() && outcomes.get(i) != Outcome.REUSED;
            round.note(events.get(i), isTold ? new Delivery.Done() : deliver(events.get(i)));
        }
    }

    private static ChannelLog.Message message(StoredEntry stored) {
        OutboxEntry.Event event = (OutboxEntry.Event) ((StoredEntry.Readable) stored).entry();
        return new ChannelLog.Message(event.id(), event.data());
    }

    private void bury(StoredEntry stored, String reason) {
        store.bury(stored.position(), reason);
        metrics.counter("drover.outbox.buried").increment();
        LOG.errorf(
                "entry %s of %s was buried: %s",
                stored.position().entryId(), stored.position().outbox(), reason);
    }

    private Delivery deliver(StoredEntry stored) {
        return switch (stored) {
            case StoredEntry.Unreadable unreadable -> new Delivery.Never(unreadable.reason());
            case StoredEntry.Readable readable -> deliver(readable.entry());
        };
    }

    private Delivery deliver(OutboxEntry entry) {
        try {
            return switch (entry) {
                case OutboxEntry.Job job -> enqueue(job);
                case OutboxEntry.Event event -> {
                    channels.append(new ChannelName(event.channel()), event.id(), event.data(), FROM, REPEATS_KNOWN);
                    yield new Delivery.Done();
                }
                case OutboxEntry.Depends depends -> {
                    links.follow(id(depends.on()), id(depends.id()));
                    yield new Delivery.Done();
                }
                case OutboxEntry.Ended ended -> release(ended);
                case OutboxEntry.Moved moved -> arrive(moved);
            };
        } catch (IllegalArgumentException | MessageIdReusedException e) {
            return new Delivery.Never(e.getMessage());
        } catch (IllegalStateException e) {
            // A fault of ours or of the store's set-up: somebody mends it, and the entry goes out then.
            return new Delivery.NotNow(e.getMessage());
        }
    }

    private Delivery enqueue(OutboxEntry.Job job) {
        NewJob owed = NewJob.ofPlatform(id(job.id()), job.type(), job.owner(), job.payload());
        return switch (jobs.enqueue(owed)) {
            case EnqueueResult.Enqueued enqueued -> new Delivery.Done();
            case EnqueueResult.AlreadyKnown known -> new Delivery.Done();
            case EnqueueResult.IdInUse inUse -> new Delivery.Never("another job has the id " + inUse.id());
            case EnqueueResult.Duplicate other -> new Delivery.Done();
            case EnqueueResult.Replaced other -> new Delivery.Done();
            case EnqueueResult.QueueFull full ->
                new Delivery.NotNow("the queue " + full.queue() + " is full: " + full.depth());
            case EnqueueResult.StorePressed pressed ->
                new Delivery.NotNow("the store's memory is used up to " + pressed.percent() + " %");
            case EnqueueResult.TooManyQueues full -> new Delivery.NotNow("no room for the queue " + full.queue());
        };
    }

    private Delivery arrive(OutboxEntry.Moved moved) {
        JobId id = id(moved.id());
        return switch (moves.arrive(id, moved.record(), moved.payload(), moved.checkpoint())) {
            case ArrivalResult.Arrived arrived -> new Delivery.Done();
            case ArrivalResult.QueueFull full ->
                new Delivery.NotNow("the queue " + id.queue() + " is full: " + full.depth());
            case ArrivalResult.TooManyQueues full -> new Delivery.NotNow("no room for the queue " + id.queue());
        };
    }

    /** However many wait for it: those that were told are unlinked, so that a repeat goes on where this one ended. */
    private Delivery release(OutboxEntry.Ended ended) {
        JobId parent = id(ended.id());
        List<JobId> children = links.dependents(parent, BATCH_MAX);
        while (!children.isEmpty()) {
            children.forEach(child -> links.release(child, parent, ended.state()));
            links.unlink(parent, children);
            children = children.size() < BATCH_MAX ? List.of() : links.dependents(parent, BATCH_MAX);
        }
        return new Delivery.Done();
    }

    private static JobId id(String text) {
        return JobId.parse(text).orElseThrow(() -> new IllegalArgumentException("not the id of a job: " + text));
    }
}
