package dev.drover.auth.audit;

import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.jboss.logging.Logger;

import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ClusterClaimed;

/** Has what is owed to the audit log chained. */
@Singleton
public class AuditTick {

    private static final Logger LOG = Logger.getLogger(AuditTick.class);

    private final RedisAuditChain chain;

    AuditTick(RedisAuditChain chain) {
        this.chain = chain;
    }

    @ClusterClaimed(because = "of all that would write on from one end of the chain, one does")
    @Scheduled(every = "${auth.audit.every}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            chain.drain();
        } catch (StoreUnavailableException e) {
            LOG.debugf("the audit log waits for the store: %s", e.getMessage());
        }
    }
}
