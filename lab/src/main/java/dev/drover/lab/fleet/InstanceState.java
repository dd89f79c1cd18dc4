package dev.drover.lab.fleet;

import java.util.Locale;

/** What the lab knows of an instance. Only a {@link #READY} one is given requests. */
public enum InstanceState {
    STARTING,
    READY,
    /** It answers that it is not ready, or a connection to it just failed. */
    NOT_READY,
    /** It was told to end, and finishes what it has. */
    DRAINING,
    /** Its process lives but does not answer: what was sent to it is taken elsewhere. */
    UNRESPONSIVE,
    GONE;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
