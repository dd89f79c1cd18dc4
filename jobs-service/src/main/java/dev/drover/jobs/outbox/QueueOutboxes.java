package dev.drover.jobs.outbox;

import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueIndex;
import dev.drover.platform.outbox.OutboxRelay;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ClusterClaimed;

/** Carries the ends of jobs from the queues' outboxes to their owners' channels. On every replica, so that it goes on as long as one lives. */
@Singleton
public class QueueOutboxes {

    private static final Logger LOG = Logger.getLogger(QueueOutboxes.class);

    private final OutboxRelay relay;
    private final QueueIndex queues;
    private final OutboxConfig config;

    QueueOutboxes(OutboxRelay relay, QueueIndex queues, OutboxConfig config) {
        this.relay = relay;
        this.queues = queues;
        this.config = config;
    }

    @ClusterClaimed(because = "each entry has an id its target knows: what two instances deliver happens once")
    @Scheduled(every = "{drover.jobs.outbox.every}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            int delivered = 0;
            int last = OutboxRelay.SWEEP_MAX;
            for (int rounds = 0; rounds < config.roundsMax() && last >= OutboxRelay.SWEEP_MAX; rounds++) {
                last = runOnce();
                delivered += last;
            }
            if (delivered > 0) {
                LOG.debugf("told owners of %d ends of jobs", delivered);
            }
        } catch (StoreUnavailableException e) {
            LOG.debugf("owners are told at a later tick: %s", e.getMessage());
        }
    }

    /** All queues once; returns how many entries went out. */
    public int runOnce() {
        List<String> outboxes =
                queues.all().stream().map(queue -> new JobKeys(queue).outbox()).toList();
        int delivered = 0;
        for (int start = 0; start < outboxes.size(); start += config.outboxesAtOnce()) {
            int end = Math.min(outboxes.size(), start + config.outboxesAtOnce());
            delivered += relay.sweep(outboxes.subList(start, end)).delivered();
        }
        return delivered;
    }
}
