package dev.drover.jobs.recovery;

import jakarta.enterprise.context.ApplicationScoped;

import dev.drover.platform.jobs.QueueName;

/** Recovery of one queue, when a test says so. */
@ApplicationScoped
public class RecoveryProbe {

    public static final int CRASH_BUDGET = 10;

    private final RecoveryStore store;

    RecoveryProbe(RecoveryStore store) {
        this.store = store;
    }

    /** How many jobs it took back. */
    public int recover(QueueName queue) {
        return store.recover(queue, 100, CRASH_BUDGET).total();
    }
}
