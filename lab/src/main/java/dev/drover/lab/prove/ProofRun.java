package dev.drover.lab.prove;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A proof that has begun.
 *
 * @param id     names it and its folder: {@code 2026-11-21T19-40-00Z-seed-7}
 * @param plan   what it was told to do
 * @param faults what of that is possible where it runs; empty when it only loads
 */
public record ProofRun(String id, ProofPlan plan, List<FaultKind> faults, URI gateway, Instant startedAt) {
    public ProofRun {
        faults = List.copyOf(faults);
    }

    public long seed() {
        return plan.seed();
    }

    /** How long it loads the suite; the audit comes after that. */
    public Duration duration() {
        return plan.duration();
    }

    /** Steps of its users per second, all together. */
    public int rate() {
        return plan.rate();
    }
}
