package dev.drover.platform.flags;

import java.time.Clock;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Evaluates flags by the copy this instance has. Asks nobody and never blocks. */
@Singleton
public final class Flags {

    private final FlagCopy copy;
    private final Clock clock;

    Flags(FlagCopy copy, Clock clock) {
        this.copy = copy;
        this.clock = clock;
    }

    public FlagCopy copy() {
        return copy;
    }

    public Evaluation evaluate(String key, ObjectNode context) {
        return evaluate(copy.snapshot(), key, context);
    }

    /** Of one snapshot, so that many flags of one answer belong together. */
    public Evaluation evaluate(FlagSnapshot snapshot, String key, ObjectNode context) {
        if (!snapshot.isLoaded()) {
            return new Evaluation.Failed(
                    Evaluation.Error.PROVIDER_NOT_READY, "This instance has not read the flags yet.");
        }
        return snapshot.flag(key)
                .map(flag -> Evaluator.evaluate(flag, context, clock.instant()))
                .orElseGet(() -> snapshot.faulty().containsKey(key)
                        ? new Evaluation.Failed(
                                Evaluation.Error.PARSE_ERROR, snapshot.faulty().get(key))
                        : new Evaluation.Failed(Evaluation.Error.FLAG_NOT_FOUND, "There is no such flag."));
    }
}
