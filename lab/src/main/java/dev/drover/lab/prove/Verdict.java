package dev.drover.lab.prove;

import java.util.List;

/**
 * What a proof found.
 *
 * @param interrupted whether it was ended before its time; what it found counts all the same
 * @param trouble     why it could not run, empty when it could
 * @param failures    the first ledger entries that do not hold, at most {@link #FAILURES_MAX}
 */
public record Verdict(
        ProofRun run,
        boolean interrupted,
        String trouble,
        List<Line> lines,
        List<Failure> failures,
        Counters counters) {
    public static final int FAILURES_MAX = 200;

    public Verdict {
        lines = List.copyOf(lines);
        failures = List.copyOf(failures);
    }

    /**
     * One invariant.
     *
     * @param id         as docs/invariants.md numbers it; several with commas
     * @param checked    ledger entries that were asked for
     * @param lost       acknowledged and not there
     * @param duplicated there more than once, or in two forms
     * @param late       there, but not in the time promised
     */
    public record Line(String id, String invariant, long checked, long lost, long duplicated, long late) {
        public boolean holds() {
            return lost == 0 && duplicated == 0 && late == 0;
        }
    }

    /**
     * @param sequence the number of the entry in the ledger, 0 when it is about none in particular
     * @param instance where it was seen
     */
    public record Failure(String invariantId, String what, long sequence, String instance) {}

    public boolean holds() {
        return trouble.isEmpty() && lines.stream().allMatch(Line::holds);
    }

    /** 0 when all holds, 1 when something does not, 2 when it could not run. */
    public int exitCode() {
        if (!trouble.isEmpty()) {
            return 2;
        }
        return holds() ? 0 : 1;
    }
}
