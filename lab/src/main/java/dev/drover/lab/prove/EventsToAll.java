package dev.drover.lab.prove;

import java.util.List;

/** Tells several listeners. */
record EventsToAll(List<ProofEvents> listeners) implements ProofEvents {
    @Override
    public void started(ProofRun run) {
        listeners.forEach(listener -> listener.started(run));
    }

    @Override
    public void tick(Counters counters) {
        listeners.forEach(listener -> listener.tick(counters));
    }

    @Override
    public void fault(Fault fault) {
        listeners.forEach(listener -> listener.fault(fault));
    }

    @Override
    public void finished(Verdict verdict) {
        listeners.forEach(listener -> listener.finished(verdict));
    }
}
