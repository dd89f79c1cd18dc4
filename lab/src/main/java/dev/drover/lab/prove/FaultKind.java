package dev.drover.lab.prove;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a proof does to the suite. */
public enum FaultKind {
    /** SIGKILL to an instance; in a cluster its pod is deleted with grace 0. */
    KILL,
    /** SIGTERM to an instance; in a cluster its pod is deleted with the grace it asks for. */
    DRAIN,
    /** An instance stops in the middle of what it does for longer than its leases and claims last, and goes on as if nothing had been. */
    STOP,
    /** Every instance of a service is told to end, one after the other, each once the one before is replaced. */
    ROLLING,
    /** All instances of a service are killed at once. */
    ALL,
    /** The store is killed and started again on what is on its disk. */
    REDIS_RESTART,
    /** The store takes connections and answers nothing for a while. */
    REDIS_PAUSE,
    /** The object store is gone for a while. */
    S3_OUTAGE,
    /** A service is scaled to nothing and back. Only in a cluster. */
    SCALE,
    /** A node is drained and given back. Only in a cluster with more than one. */
    NODE_DRAIN;

    /** As it is written on the command line: {@code redis-restart}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<FaultKind> named(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }

    public static String labels() {
        return Arrays.stream(values()).map(FaultKind::label).collect(Collectors.joining(", "));
    }
}
