package dev.drover.lab.prove.audit;

/** Asks for everything one invariant promises. */
interface Auditor {
    /** As docs/invariants.md numbers it; several with commas. */
    String id();

    String invariant();

    void audit(Inquiry inquiry, Findings findings) throws InterruptedException;
}
