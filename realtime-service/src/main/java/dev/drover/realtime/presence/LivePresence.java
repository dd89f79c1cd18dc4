package dev.drover.realtime.presence;

import java.time.Clock;
import java.util.concurrent.ExecutorService;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.virtual.threads.VirtualThreads;

import dev.drover.realtime.Holder;
import dev.drover.realtime.PeriodicWork;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.presence.Presences.PresencePolicy;

/** Puts presence together and keeps it said. */
@Singleton
final class LivePresence {

    private static final int RENEWALS_PER_LEASE = 3;

    private final RealtimeConfig.Presence config;
    private final ExecutorService threads;
    private PeriodicWork work;

    LivePresence(RealtimeConfig config, @VirtualThreads ExecutorService threads) {
        this.config = config.presence();
        this.threads = threads;
    }

    @Produces
    @Singleton
    Presences presences(PresenceStore store, Holder holder, Clock clock) {
        return new Presences(
                store,
                holder.id(),
                new PresencePolicy(config.leaveDelay(), config.lease().dividedBy(RENEWALS_PER_LEASE), config.batch()),
                clock,
                threads);
    }

    void start(@Observes StartupEvent event, Presences presences) {
        work = PeriodicWork.start("presence", config.sayEvery(), threads, presences::runOnce);
    }

    void stop(@Observes ShutdownEvent event, Presences presences) {
        work.close();
        presences.stop();
    }
}
