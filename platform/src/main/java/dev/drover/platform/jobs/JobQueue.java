package dev.drover.platform.jobs;

/** Puts work on a queue, from any service. */
public interface JobQueue {

    /**
     * Adds the job unless one with its id is known. Atomic. When it returns {@link EnqueueResult.Enqueued} or
     * {@link EnqueueResult.AlreadyKnown}, the job is in Redis and will be run until it succeeds or is dead, whoever crashes; repeating the
     * call with the same id changes nothing. An id is known for as long as its job is kept after its end.
     *
     * @throws dev.drover.platform.redis.StoreUnavailableException the job may or may not have been added: repeat with the same id
     */
    EnqueueResult enqueue(NewJob job);

    sealed interface EnqueueResult {
        record Enqueued(JobId id) implements EnqueueResult {}

        /** The same job was added before. */
        record AlreadyKnown(JobId id) implements EnqueueResult {}

        /** A job of another type, owner or payload has this id; nothing was added. */
        record IdInUse(JobId id) implements EnqueueResult {}

        /** The queue would be one more than {@link QueueIndex#QUEUES_MAX}; nothing was added. */
        record TooManyQueues(QueueName queue) implements EnqueueResult {}
    }
}
