package dev.drover.platform.jobs;

/** The second half of a job's move to another queue; the first leaves it in the outbox of the queue it was on. */
public interface JobMoves {

    /**
     * Takes a job in. Atomic, and may be repeated: a job that has arrived is known by its id for as long as it is kept after its end.
     *
     * @param id         its id here, which says its queue
     * @param record     its record as it was there, a JSON object as text
     * @param payload    a JSON object as text
     * @param checkpoint what a run left for the next one, or empty
     */
    ArrivalResult arrive(JobId id, String record, String payload, String checkpoint);

    sealed interface ArrivalResult {
        /** It is here, now or before. */
        record Arrived() implements ArrivalResult {}

        /** So many wait already. */
        record QueueFull(long depth) implements ArrivalResult {}

        record TooManyQueues() implements ArrivalResult {}
    }
}
