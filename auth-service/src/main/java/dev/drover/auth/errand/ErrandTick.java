package dev.drover.auth.errand;

import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ClusterClaimed;

/** Every instance looks after accounts that were noted, its own and those a dead one left. */
@Singleton
public class ErrandTick {

    private static final Logger LOG = Logger.getLogger(ErrandTick.class);

    private final Errands errands;

    ErrandTick(Errands errands) {
        this.errands = errands;
    }

    @ClusterClaimed(because = "an account is taken by one instance at a time, and what is done twice counts once")
    @Scheduled(every = "${auth.errands.every}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            errands.run();
        } catch (StoreUnavailableException e) {
            LOG.debugf("errands wait for the store: %s", e.getMessage());
        }
    }
}
