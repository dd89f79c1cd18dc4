package dev.drover.platform.outbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.redis.StoreUnavailableException;

/** Takes jobs, unless it is down or has no room for one of them. */
final class InMemoryJobQueue implements JobQueue {

    final Map<JobId, NewJob> jobs = new LinkedHashMap<>();
    boolean down;
    JobId full;
    Runnable onEnqueue = () -> {};

    @Override
    public List<EnqueueResult> enqueueAll(List<NewJob> jobs) {
        return jobs.stream().map(this::enqueue).toList();
    }

    @Override
    public EnqueueResult enqueue(NewJob job) {
        onEnqueue.run();
        if (down) {
            throw new StoreUnavailableException("Redis", null);
        }
        if (job.id().equals(full)) {
            return new EnqueueResult.TooManyQueues(job.id().queue());
        }
        NewJob known = jobs.putIfAbsent(job.id(), job);
        if (known == null) {
            return new EnqueueResult.Enqueued(job.id(), true, Instant.EPOCH);
        }
        return known.equals(job) ? new EnqueueResult.AlreadyKnown(job.id()) : new EnqueueResult.IdInUse(job.id());
    }
}
