package dev.drover.jobs.media;

import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.outbox.OutboxRelay;
import dev.drover.platform.outbox.OutboxRelay.Sweep;
import dev.drover.platform.stateless.ClusterClaimed;

/** Carries on what an instance left in the outboxes when it died. Every instance does; that is harmless and needs no leader. */
@Singleton
public class OutboxTick {

    private static final Logger LOG = Logger.getLogger(OutboxTick.class);

    private final OutboxRelay relay;

    OutboxTick(OutboxRelay relay) {
        this.relay = relay;
    }

    @ClusterClaimed(because = "each entry has an id its target knows: what two instances deliver happens once")
    @Scheduled(every = "{drover.jobs.media.outbox-every}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        Sweep sweep = relay.sweep(MediaKeys.outboxes());
        if (sweep.delivered() + sweep.buried() > 0) {
            LOG.infof("outbox: %s", sweep);
        }
    }
}
