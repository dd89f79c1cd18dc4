package dev.drover.lab.prove.herd;

import java.io.IOException;
import java.util.Set;

import dev.drover.lab.prove.FaultKind;

/** What can be done to the stores of a herd. */
public interface StoreFaults {
    Set<FaultKind> possible();

    /** Returns when it is over. */
    void inflict(FaultKind kind) throws IOException, InterruptedException;

    String target(FaultKind kind);

    /** For stores that are out of reach. */
    static StoreFaults none() {
        return new StoreFaults() {
            @Override
            public Set<FaultKind> possible() {
                return Set.of();
            }

            @Override
            public void inflict(FaultKind kind) {
                throw new IllegalStateException("no store is in reach");
            }

            @Override
            public String target(FaultKind kind) {
                return "store";
            }
        };
    }
}
