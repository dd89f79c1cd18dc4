package dev.drover.jobs.lease;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.drover.platform.jobs.QueueName;

/** Leasing with patience: takes what there is, or waits for it without asking over and over. */
@Singleton
public final class Leases {

    private final LeaseStore store;
    private final QueueSignals signals;
    private final Duration lookEvery;

    @Inject
    Leases(LeaseStore store, QueueSignals signals, LeaseConfig config) {
        this(store, signals, config.lookEvery());
    }

    Leases(LeaseStore store, QueueSignals signals, Duration lookEvery) {
        this.store = store;
        this.signals = signals;
        this.lookEvery = lookEvery;
    }

    /**
     * Leases at once if anything waits; otherwise sleeps until a wake-up, a due time, or the end of {@code patience}.
     *
     * @param goOn asked before each look; false ends the wait empty-handed
     */
    public Taken lease(QueueName queue, LeaseTerms terms, Duration patience, BooleanSupplier goOn)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        QueueSignals.Signal signal = signals.enter(queue);
        try {
            while (true) {
                long seen = signal.count();
                long askedNanos = System.nanoTime();
                if (!goOn.getAsBoolean()) {
                    return new Taken(List.of(), askedNanos);
                }
                LeaseStore.Batch batch = store.lease(queue, terms);
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (!batch.leases().isEmpty() || !left.isPositive()) {
                    return new Taken(batch.leases(), askedNanos);
                }
                signal.await(seen, shortest(left, lookEvery, batch.nextDue().orElse(lookEvery)));
            }
        } finally {
            signals.leave(queue);
        }
    }

    /** @param askedNanos this process's monotonic clock before the call that took them: their length counts from no earlier */
    public record Taken(List<Lease> leases, long askedNanos) {}

    private static Duration shortest(Duration... durations) {
        Duration shortest = durations[0];
        for (Duration duration : durations) {
            if (duration.compareTo(shortest) < 0) {
                shortest = duration;
            }
        }
        return shortest;
    }
}
