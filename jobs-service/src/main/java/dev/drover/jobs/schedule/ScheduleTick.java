package dev.drover.jobs.schedule;

import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

import dev.drover.jobs.schedule.Schedules.Fired;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ClusterClaimed;

/** Looks for due ticks on every replica, so that schedules tick as long as one lives. */
@Singleton
public class ScheduleTick {

    private static final Logger LOG = Logger.getLogger(ScheduleTick.class);

    private final Schedules schedules;

    ScheduleTick(Schedules schedules) {
        this.schedules = schedules;
    }

    @ClusterClaimed(because = "one script claims a tick and leaves its job: the first instance to run it has fired it")
    @Scheduled(every = "{drover.jobs.schedules.every}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            Fired fired = schedules.runOnce();
            if (fired.fired() > 0) {
                LOG.debugf("schedules: %s", fired);
            }
        } catch (StoreUnavailableException e) {
            LOG.debugf("schedules are looked at again at the next tick: %s", e.getMessage());
        }
    }
}
