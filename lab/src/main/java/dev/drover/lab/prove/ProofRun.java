package dev.drover.lab.prove;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A proof that has begun.
 *
 * @param id       names it and its folder: {@code 2026-11-21T19-40-00Z-seed-7}
 * @param duration how long it loads the suite; the audit comes after that
 * @param rate     steps of its users per second, all together
 * @param faults   what it may do; empty when it only loads
 */
public record ProofRun(
        String id, long seed, Duration duration, int rate, List<FaultKind> faults, URI gateway, Instant startedAt) {
    public ProofRun {
        faults = List.copyOf(faults);
    }
}
