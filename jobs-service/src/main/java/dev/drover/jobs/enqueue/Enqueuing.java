package dev.drover.jobs.enqueue;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import jakarta.inject.Singleton;

import dev.drover.jobs.JobsError;
import dev.drover.jobs.job.JobStore;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueIndex;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** What a caller may add, and what it is told when it was not added. */
@Singleton
final class Enqueuing {

    private static final Duration FULL_FOR = Duration.ofSeconds(5);

    private final JobStore jobs;
    private final EnqueuePolicy policy;
    private final RequestedJob requested;

    Enqueuing(JobStore jobs, EnqueueConfig config, Clock clock) {
        this.jobs = jobs;
        this.policy = new EnqueuePolicy(config.reservedQueues(), config.reservedTypes(), config.delayMax());
        this.requested = new RequestedJob(clock, config.delayMax());
    }

    /** @param unique the unique part of its id */
    NewJob job(EnqueueRequest request, String unique, Caller asking) {
        QueueName queue = new QueueName(request.queue());
        switch (policy.decide(asking.isAdmin(), queue, request.type())) {
            case EnqueuePolicy.Decision.Allowed allowed -> {}
            case EnqueuePolicy.Decision.QueueReserved reserved ->
                throw new ServiceException(JobsError.QUEUE_RESERVED, "Use another queue than " + queue + ".");
            case EnqueuePolicy.Decision.TypeReserved reserved ->
                throw new ServiceException(
                        JobsError.TYPE_RESERVED, "Use a type that does not begin with " + reserved.family() + ".");
        }
        NewJob job = requested.of(request, new JobId(queue, unique), asking.sub());
        for (JobId parent : job.options().dependencies().on()) {
            if (!seen(parent, asking)) {
                throw new ServiceException(
                        JobsError.DEPENDENCY_UNKNOWN,
                        "There is no job " + parent
                                + ": it never was, was forgotten after its end, or is another account's.");
            }
        }
        return job;
    }

    private boolean seen(JobId id, Caller asking) {
        boolean all = asking.isAdmin() || asking.roles().contains(Roles.WORKER);
        return jobs.find(id).filter(job -> all || job.belongsTo(asking.sub())).isPresent();
    }

    /** The job that is there now. */
    static JobId added(EnqueueResult result) {
        return switch (result) {
            case EnqueueResult.Enqueued enqueued -> enqueued.id();
            case EnqueueResult.AlreadyKnown known -> known.id();
            case EnqueueResult.Duplicate duplicate -> duplicate.id();
            case EnqueueResult.Replaced replaced -> replaced.id();
            case EnqueueResult.IdInUse differs ->
                throw new ServiceException(
                        PlatformError.IDEMPOTENCY_KEY_REUSED,
                        "It named another job on this queue: " + differs.id() + ".");
            case EnqueueResult.TooManyQueues full ->
                throw new ServiceException(
                        JobsError.TOO_MANY_QUEUES,
                        "There are " + QueueIndex.QUEUES_MAX + " queues; use one of them.",
                        Duration.ofMinutes(1));
            case EnqueueResult.QueueFull full ->
                throw new ServiceException(
                        JobsError.QUEUE_FULL,
                        full.depth() + " jobs wait in " + full.queue() + "; at most " + full.depthMax() + " may.",
                        FULL_FOR,
                        Map.of("depth", full.depth(), "depthMax", full.depthMax()));
            case EnqueueResult.StorePressed pressed ->
                throw new ServiceException(
                        PlatformError.STORE_FULL,
                        "Its memory is used up to " + pressed.percent() + " %; what is under way goes on.",
                        FULL_FOR);
        };
    }
}
