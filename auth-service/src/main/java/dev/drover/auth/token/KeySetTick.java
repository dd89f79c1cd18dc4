package dev.drover.auth.token;

import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.Json;
import org.jboss.logging.Logger;

import dev.drover.platform.identity.KeySetStore;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.LocalTick;

/** Leaves the public keys where every service can read them, for who starts while no instance of this one answers. */
@Singleton
public class KeySetTick {

    private static final Logger LOG = Logger.getLogger(KeySetTick.class);

    private final SigningKeys keys;
    private final KeySetStore store;

    KeySetTick(SigningKeys keys, KeySetStore store) {
        this.keys = keys;
        this.store = store;
    }

    @LocalTick(
            because =
                    "each process has a copy of its own of the folder; of what they write, the same as a rule, the last counts")
    @Scheduled(every = "{auth.token.keys-max-age}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            store.put(Json.encode(keys.current().keySet()));
        } catch (StoreUnavailableException e) {
            LOG.debugf("the copy of the keys waits for the store: %s", e.getMessage());
        }
    }
}
