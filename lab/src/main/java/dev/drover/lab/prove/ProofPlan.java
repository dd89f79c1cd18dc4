package dev.drover.lab.prove;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a proof is to do.
 *
 * @param duration how long it loads, 1 s to 24 h
 * @param faults   what it may do; those that are not possible where it runs are left out
 * @param between  the average from one fault to the next
 * @param rate     steps of all users together in a second, 1 to 2,000
 * @param users    1 to 1,000
 * @param work     what users do
 * @param settle   how long what was accepted has to end after the load
 */
public record ProofPlan(
        Duration duration,
        List<FaultKind> faults,
        Duration between,
        int rate,
        int users,
        long seed,
        Set<String> work,
        Duration settle) {
    private static final Duration LONGEST = Duration.ofHours(24);

    public ProofPlan {
        faults = List.copyOf(faults);
        work = Set.copyOf(work);
        require(
                duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(LONGEST) <= 0,
                "--duration takes 1s to 24h");
        require(rate >= 1 && rate <= 2_000, "--rate takes 1 to 2000");
        require(users >= 1 && users <= 1_000, "--users takes 1 to 1000");
        require(between.compareTo(Duration.ofMillis(100)) >= 0, "faults are at least 100 ms apart");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
