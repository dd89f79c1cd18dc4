package dev.drover.jobs.housekeeping;

import java.time.Instant;

import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ClusterClaimed;

/**
 * Ticks on every replica; the job's id is made of schedule and tick, so the first to enqueue has claimed the tick, and there is no moment
 * between claim and enqueue in which a crash could lose it.
 */
@Singleton
public class HousekeepingTick {

    static final QueueName QUEUE = new QueueName("housekeeping");

    private static final Logger LOG = Logger.getLogger(HousekeepingTick.class);
    private static final String OWNER = "system";

    private final JobQueue queue;

    HousekeepingTick(JobQueue queue) {
        this.queue = queue;
    }

    @ClusterClaimed(
            because = "the job's id is made of schedule and tick: the first instance to enqueue it has claimed it")
    @Scheduled(cron = "{drover.jobs.housekeeping.cron}")
    @RunOnVirtualThread
    void tick(ScheduledExecution execution) {
        try {
            fire(execution.getScheduledFireTime());
        } catch (StoreUnavailableException e) {
            LOG.infof("housekeeping misses a tick here, other replicas may not: %s", e.getMessage());
        }
    }

    EnqueueResult fire(Instant tick) {
        JobId id = new JobId(QUEUE, Ids.derive("schedule", PruneHandler.TYPE, tick.toString()));
        return queue.enqueue(NewJob.now(id, PruneHandler.TYPE, OWNER, "{\"tick\":\"" + tick + "\"}"));
    }
}
