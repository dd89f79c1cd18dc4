package dev.drover.platform.jobs;

import java.util.LinkedHashSet;
import java.util.List;

/** The jobs another one waits for, of any queues; they are there before it, so that nothing waits in a circle. */
public record Dependencies(List<JobId> on, OnFailure onFailure) {

    public static final int MAX = 100;
    public static final Dependencies NONE = new Dependencies(List.of(), OnFailure.CANCELLED);

    /** What becomes of the waiting job when one of them ends in another way than succeeded. */
    public enum OnFailure {
        CANCELLED,
        DEAD,
        /** It runs all the same, once all have ended. */
        RUN
    }

    public Dependencies {
        on = List.copyOf(new LinkedHashSet<>(on));
        if (on.size() > MAX) {
            throw new IllegalArgumentException("a job waits for at most " + MAX + " others: " + on.size());
        }
    }
}
