package dev.drover.jobs.media.sweep;

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

/** Ticks on every replica; the job's id is made of type and tick, so the first to enqueue has claimed the tick. */
@Singleton
public class SweepTick {

    private static final QueueName QUEUE = new QueueName("housekeeping");
    private static final Logger LOG = Logger.getLogger(SweepTick.class);
    private static final String OWNER = "system";

    private final JobQueue queue;

    SweepTick(JobQueue queue) {
        this.queue = queue;
    }

    @ClusterClaimed(because = "the job's id is made of type and tick: the first instance to enqueue it has claimed it")
    @Scheduled(cron = "{drover.jobs.media.sweep.cron}")
    @RunOnVirtualThread
    void tick(ScheduledExecution execution) {
        try {
            fire(execution.getScheduledFireTime());
        } catch (StoreUnavailableException e) {
            LOG.infof("the sweep misses a tick here, other replicas may not: %s", e.getMessage());
        }
    }

    EnqueueResult fire(Instant tick) {
        JobId id = new JobId(QUEUE, Ids.derive("schedule", SweepHandler.TYPE, tick.toString()));
        return queue.enqueue(NewJob.now(id, SweepHandler.TYPE, OWNER, "{\"tick\":\"" + tick + "\"}"));
    }
}
