package dev.drover.jobs.lease;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

/** Leases that never look by themselves while they wait, so that only a wake-up or a due time can end it. */
@ApplicationScoped
public class LeasesWithoutLooking {

    private final LeaseStore store;
    private final QueueSignals signals;

    LeasesWithoutLooking(LeaseStore store, QueueSignals signals) {
        this.store = store;
        this.signals = signals;
    }

    public Leases get() {
        return new Leases(store, signals, Duration.ofHours(1));
    }
}
