package dev.drover.jobs.recovery;

import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

import dev.drover.jobs.recovery.RecoveryStore.Recovered;
import dev.drover.platform.jobs.QueueIndex;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ClusterClaimed;

/** Runs on every replica: a job comes back as long as any one of them lives. */
@Singleton
public class Recovery {

    private static final Logger LOG = Logger.getLogger(Recovery.class);

    private final RecoveryStore store;
    private final QueueIndex queues;
    private final RecoveryConfig config;

    Recovery(RecoveryStore store, QueueIndex queues, RecoveryConfig config) {
        this.store = store;
        this.queues = queues;
        this.config = config;
    }

    @ClusterClaimed(
            because = "one script takes a job back and ends its lease: the first instance to run it has claimed it")
    @Scheduled(every = "{drover.jobs.recovery.every}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            Recovered recovered = runOnce();
            if (recovered.total() > 0) {
                LOG.infof(
                        "took back jobs of lost workers: %d wait again, %d are dead; %d ran out of time",
                        recovered.waiting(), recovered.dead(), recovered.timedOut());
            }
        } catch (StoreUnavailableException e) {
            LOG.debugf("leases are looked at again at the next tick: %s", e.getMessage());
        }
    }

    /** All queues, each until nothing of it is left to take back. */
    Recovered runOnce() {
        Recovered total = Recovered.NONE;
        for (QueueName queue : queues.all()) {
            Recovered batch;
            do {
                batch = store.recover(queue, config.batchMax(), config.crashBudget());
                total = total.plus(batch);
            } while (batch.total() == config.batchMax());
        }
        return total;
    }
}
