package dev.drover.realtime.socket;

import java.util.concurrent.ExecutorService;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.virtual.threads.VirtualThreads;

import dev.drover.realtime.PeriodicWork;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.delivery.ChannelHistory;
import dev.drover.realtime.delivery.FeedPolicy;
import dev.drover.realtime.delivery.Feeds;
import dev.drover.realtime.delivery.WakeUps;

/** Puts delivery together and keeps it going: wake-ups, the poll that stands in for lost ones, and the checks of open sockets. */
@Singleton
final class LiveDelivery {

    private final RealtimeConfig config;
    private final ExecutorService threads;
    private PeriodicWork poll;
    private PeriodicWork checks;

    LiveDelivery(RealtimeConfig config, @VirtualThreads ExecutorService threads) {
        this.config = config;
        this.threads = threads;
    }

    @Produces
    @Singleton
    Feeds feeds(ChannelHistory history, WakeUps wakeUps, MeterRegistry meters) {
        RealtimeConfig.Delivery bounds = config.delivery();
        Feeds feeds = new Feeds(
                history,
                wakeUps,
                new FeedPolicy(bounds.pageMessages(), bounds.tailMessages(), bounds.tailBytes()),
                bounds.patience(),
                threads,
                channel -> (epoch, message) -> ServerFrames.message(channel, epoch, message));
        Gauge.builder("drover.realtime.channels", feeds, Feeds::size)
                .description("channels followed by sockets of this instance")
                .register(meters);
        return feeds;
    }

    void start(@Observes StartupEvent event, Feeds feeds, ClientChecks clientChecks, MeterRegistry meters) {
        Counter found = Counter.builder("drover.realtime.poll_hits")
                .description("channels the poll found to have moved on before their wake-up was followed")
                .register(meters);
        feeds.start();
        poll = PeriodicWork.start(
                "poll of channels", config.delivery().pollEvery(), threads, () -> found.increment(feeds.poll()));
        checks = PeriodicWork.start("checks of sockets", config.socket().checkEvery(), threads, clientChecks::runOnce);
    }

    void stop(@Observes ShutdownEvent event) {
        poll.close();
        checks.close();
    }
}
