package dev.drover.lab.prove.audit;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import dev.drover.lab.prove.Verdict;

/** What an auditor found about its invariant. Its questions are asked by several threads. */
public final class Findings {
    private final String id;
    private final String invariant;
    private final List<Verdict.Failure> failures;
    private final LongAdder checked = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder duplicated = new LongAdder();
    private final LongAdder late = new LongAdder();

    /** @param failures of all auditors; only the first {@link Verdict#FAILURES_MAX} are kept */
    Findings(String id, String invariant, List<Verdict.Failure> failures) {
        this.id = id;
        this.invariant = invariant;
        this.failures = failures;
    }

    void checked() {
        checked.increment();
    }

    void lost(long sequence, String what, String instance) {
        lost.increment();
        keep(sequence, "lost: " + what, instance);
    }

    void duplicated(long sequence, String what, String instance) {
        duplicated.increment();
        keep(sequence, "duplicated: " + what, instance);
    }

    void late(long sequence, String what, String instance) {
        late.increment();
        keep(sequence, "late: " + what, instance);
    }

    public Verdict.Line line() {
        return new Verdict.Line(id, invariant, checked.sum(), lost.sum(), duplicated.sum(), late.sum());
    }

    private void keep(long sequence, String what, String instance) {
        synchronized (failures) {
            if (failures.size() < Verdict.FAILURES_MAX) {
                failures.add(new Verdict.Failure(id, what, sequence, instance));
            }
        }
    }
}
