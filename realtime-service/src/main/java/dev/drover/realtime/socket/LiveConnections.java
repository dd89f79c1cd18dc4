package dev.drover.realtime.socket;

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
import dev.drover.realtime.connection.ConnectionStore;
import dev.drover.realtime.connection.Connections;
import dev.drover.realtime.delivery.Feeds;

/** Keeps the other instances informed of this one's sockets, and does with them what is asked. */
@Singleton
final class LiveConnections {

    private final RealtimeConfig.Connections config;
    private final ExecutorService threads;
    private PeriodicWork work;

    LiveConnections(RealtimeConfig config, @VirtualThreads ExecutorService threads) {
        this.config = config.connections();
        this.threads = threads;
    }

    @Produces
    @Singleton
    Connections connections(ConnectionStore store, Holder holder, Feeds feeds, Clients clients) {
        return new Connections(store, holder.id(), feeds::followers, clients::carryOut);
    }

    void start(@Observes StartupEvent event, Connections connections) {
        work = PeriodicWork.start("connections", config.sayEvery(), threads, connections::runOnce);
    }

    void stop(@Observes ShutdownEvent event, Connections connections) {
        work.close();
        connections.stop();
    }
}
