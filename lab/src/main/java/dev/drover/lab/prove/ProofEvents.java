package dev.drover.lab.prove;

/** Told how a proof goes, from its own threads, one call at a time. */
public interface ProofEvents {
    void started(ProofRun run);

    /** Every half second. */
    void tick(Counters counters);

    void fault(Fault fault);

    /** The last one. */
    void finished(Verdict verdict);
}
