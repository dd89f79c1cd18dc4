package dev.drover.platform.jobs;

import java.util.List;

/** Jobs that wait for the end of others, of any queue. Every call is atomic and may be repeated. */
public interface JobLinks {

    /** Notes at the parent that the child waits for its end. */
    LinkResult link(JobId parent, JobId child);

    /** Tells the child that the parent has ended; false when there is no such child. */
    boolean release(JobId child, JobId parent, String endedAs);

    /** Has the child told of the parent's end: later, or now if it has ended. */
    default void follow(JobId parent, JobId child) {
        switch (link(parent, child)) {
            case LinkResult.Linked linked -> {}
            case LinkResult.Ended(String state) -> release(child, parent, state);
            case LinkResult.Unknown unknown -> release(child, parent, "unknown");
        }
    }

    /** Some of those that wait for the parent's end and have not been told. */
    List<JobId> dependents(JobId parent, int max);

    /** The child has been told. */
    void unlink(JobId parent, List<JobId> children);

    sealed interface LinkResult {
        /** Its end will be told by its queue's outbox. */
        record Linked() implements LinkResult {}

        record Ended(String state) implements LinkResult {}

        /** It was forgotten after its end. */
        record Unknown() implements LinkResult {}
    }
}
