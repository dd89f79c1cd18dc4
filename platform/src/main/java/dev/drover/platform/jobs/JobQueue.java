package dev.drover.platform.jobs;

import java.time.Instant;
import java.util.List;

/** Puts work on a queue, from any service. */
public interface JobQueue {

    int BATCH_MAX = 1_000;

    /**
     * Adds the job unless one with its id is known. Atomic. When it returns {@link EnqueueResult.Enqueued} or
     * {@link EnqueueResult.AlreadyKnown}, the job is in Redis and will be run until it succeeds or is dead, whoever crashes; repeating the
     * call with the same id changes nothing. An id is known for as long as its job is kept after its end.
     *
     * @throws dev.drover.platform.redis.StoreUnavailableException the job may or may not have been added: repeat with the same id
     */
    EnqueueResult enqueue(NewJob job);

    /**
     * Adds up to {@value #BATCH_MAX} jobs, each as {@link #enqueue} would; those of one queue in one step, up to an id that stands there
     * twice. The results are in the order of the jobs.
     */
    List<EnqueueResult> enqueueAll(List<NewJob> jobs);

    sealed interface EnqueueResult {
        /**
         * It is new.
         *
         * @param isWaiting it may run now; otherwise it is scheduled
         * @param at        when it was added, by Redis's clock
         */
        record Enqueued(JobId id, boolean isWaiting, Instant at) implements EnqueueResult {}

        /** The same job was added before. */
        record AlreadyKnown(JobId id) implements EnqueueResult {}

        /** A job of another type, owner or payload has this id; nothing was added. */
        record IdInUse(JobId id) implements EnqueueResult {}

        /** A job with its unique key is there and stands for it; nothing was added. */
        record Duplicate(JobId id) implements EnqueueResult {}

        /** A job with its unique key had not begun and has its content now; nothing was added. */
        record Replaced(JobId id) implements EnqueueResult {}

        /** So many wait already, which are as many as may; nothing was added. */
        record QueueFull(QueueName queue, long depth, int depthMax) implements EnqueueResult {}

        /** The store's memory is used up to so many percent; nothing was added. */
        record StorePressed(int percent) implements EnqueueResult {}

        /** The queue would be one more than {@link QueueIndex#QUEUES_MAX}; nothing was added. */
        record TooManyQueues(QueueName queue) implements EnqueueResult {}
    }
}
