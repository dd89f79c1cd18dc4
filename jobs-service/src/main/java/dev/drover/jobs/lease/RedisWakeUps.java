package dev.drover.jobs.lease;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.pubsub.ReactivePubSubCommands.ReactiveRedisSubscriber;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * Listens for what scripts publish on the wake channels of all queues: one connection per instance, however many callers are idle. When the
 * connection is lost it is made anew, and everyone looks once, because wake-ups in between are lost.
 */
@Singleton
final class RedisWakeUps {

    private static final Logger LOG = Logger.getLogger(RedisWakeUps.class);
    private static final String CANCELLED = "cancelled ";
    private static final Duration RECONNECT_FIRST = Duration.ofMillis(100);
    private static final Duration RECONNECT_MAX = Duration.ofSeconds(1);

    private final ReactiveRedisDataSource redis;
    private final QueueSignals signals;
    private final Event<JobCancelled> cancelled;

    @ProcessLocal(because = "whether this process is stopping")
    private final AtomicBoolean stopped = new AtomicBoolean();

    RedisWakeUps(ReactiveRedisDataSource redis, QueueSignals signals, Event<JobCancelled> cancelled) {
        this.redis = redis;
        this.signals = signals;
        this.cancelled = cancelled;
    }

    void start(@Observes StartupEvent event) {
        subscribe();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.set(true);
    }

    private void subscribe() {
        AtomicBoolean over = new AtomicBoolean();
        Uni<ReactiveRedisSubscriber> subscribed = Uni.createFrom().deferred(() -> redis.pubsub(String.class)
                .subscribeToPattern(
                        JobKeys.WAKE_PREFIX + "*",
                        this::heard,
                        () -> lost(over, "it was closed"),
                        failure -> lost(over, failure.toString())));
        subscribed
                .onFailure(failure -> !stopped.get())
                .retry()
                .withBackOff(RECONNECT_FIRST, RECONNECT_MAX)
                .indefinitely()
                .subscribe()
                .with(subscriber -> signals.raiseAll(), failure -> LOG.debugf("no more wake-ups: %s", failure));
    }

    private void lost(AtomicBoolean over, String why) {
        if (over.compareAndSet(false, true) && !stopped.get()) {
            LOG.infof("wake-up connection is lost (%s); idle workers look by themselves until it is back", why);
            subscribe();
        }
    }

    private void heard(String channel, String message) {
        if (message.startsWith(CANCELLED)) {
            JobId.parse(message.substring(CANCELLED.length())).ifPresent(id -> cancelled.fire(new JobCancelled(id)));
            return;
        }
        String queue = channel.substring(JobKeys.WAKE_PREFIX.length());
        if (queue.matches(QueueName.PATTERN)) {
            signals.raise(new QueueName(queue));
        }
    }
}
