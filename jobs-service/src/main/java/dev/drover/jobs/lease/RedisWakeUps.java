package dev.drover.jobs.lease;

import java.util.List;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisListening;

/**
 * Listens for what scripts publish on the wake channels of all queues: one connection per instance, however many callers are idle. When it
 * was made anew everyone looks once, because wake-ups in between are lost.
 */
@Singleton
final class RedisWakeUps implements RedisListening.Listener {

    private static final String CANCELLED = "cancelled ";

    /** No queue has such a name. */
    private static final String SIGN_OF_LIFE = JobKeys.WAKE_PREFIX + "-";

    private final RedisListening listening;
    private final QueueSignals signals;
    private final Event<JobCancelled> cancelled;

    RedisWakeUps(Redis redis, Vertx vertx, QueueSignals signals, Event<JobCancelled> cancelled) {
        this.listening = new RedisListening(redis, vertx, SIGN_OF_LIFE, this);
        this.signals = signals;
        this.cancelled = cancelled;
    }

    void start(@Observes StartupEvent event) {
        listening.start();
    }

    void stop(@Observes ShutdownEvent event) {
        listening.stop();
    }

    @Override
    public List<Request> subscriptions() {
        return List.of(Request.cmd(Command.PSUBSCRIBE).arg(JobKeys.WAKE_PREFIX + "*"));
    }

    @Override
    public void take(Response push) {
        switch (push.get(0).toString()) {
            case "psubscribe" -> signals.raiseAll();
            case "pmessage" -> heard(push.get(2).toString(), push.get(3).toString());
            default -> {
                // The answer to a probe.
            }
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
