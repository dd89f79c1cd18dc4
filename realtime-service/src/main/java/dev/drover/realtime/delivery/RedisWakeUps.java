package dev.drover.realtime.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import org.jboss.logging.Logger;

import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.stateless.LocalTick;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * One connection of the instance listens for all its channels. When it breaks it is opened again with growing, jittered pauses, listens to
 * the same channels again, and wakes all of them up, because nobody knows what was missed. A probe now and then finds the connection that is
 * dead without saying so.
 */
@Singleton
@ProcessLocal(
        because =
                "this process's connection for wake-ups, and what its sockets listen for; the poll stands in when it is lost")
@LocalTick(because = "probes and reopens this process's connection")
final class RedisWakeUps implements WakeUps {

    private static final Logger LOG = Logger.getLogger(RedisWakeUps.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);
    private static final Duration PROBE_EVERY = Duration.ofSeconds(5);
    private static final int CHANNELS_PER_COMMAND = 256;
    private static final String PREFIX = ChannelKeys.wakeUpPrefix();
    private static final String SIGN_OF_LIFE = PREFIX + "-";

    private final Redis redis;
    private final Vertx vertx;
    private final Set<ChannelName> wanted = ConcurrentHashMap.newKeySet();
    private volatile Consumer<ChannelName> woken = channel -> {};
    private volatile RedisConnection connection;
    private volatile boolean stopped;
    private volatile boolean heard;
    private int failures;

    RedisWakeUps(io.vertx.mutiny.redis.client.Redis redis, Vertx vertx) {
        this.redis = redis.getDelegate();
        this.vertx = vertx;
    }

    @Override
    public void start(Consumer<ChannelName> onWakeUp) {
        woken = onWakeUp;
        connect();
        vertx.setPeriodic(PROBE_EVERY.toMillis(), timer -> probe());
    }

    @Override
    public void listen(ChannelName channel) {
        wanted.add(channel);
        subscribe(List.of(channel));
    }

    @Override
    public void forget(ChannelName channel) {
        wanted.remove(channel);
        RedisConnection current = connection;
        if (current != null) {
            current.send(Request.cmd(Command.UNSUBSCRIBE).arg(ChannelKeys.wakeUp(channel)))
                    .onComplete(done -> {
                        // Someone may have come back while the command was under way.
                        if (wanted.contains(channel)) {
                            subscribe(List.of(channel));
                        }
                    });
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        RedisConnection current = connection;
        if (current != null) {
            current.close();
        }
    }

    private void connect() {
        if (stopped) {
            return;
        }
        redis.connect().onSuccess(this::connected).onFailure(this::retry);
    }

    private void connected(RedisConnection fresh) {
        failures = 0;
        heard = true;
        fresh.handler(this::take);
        fresh.endHandler(end -> lost(fresh, "closed"));
        fresh.exceptionHandler(failure -> lost(fresh, failure.toString()));
        connection = fresh;
        subscribe(wanted);
        LOG.debugf("listening for wake-ups of %d channels", wanted.size());
    }

    private void subscribe(Collection<ChannelName> channels) {
        RedisConnection current = connection;
        if (current == null || channels.isEmpty()) {
            return;
        }
        List<ChannelName> all = List.copyOf(channels);
        for (int start = 0; start < all.size(); start += CHANNELS_PER_COMMAND) {
            List<ChannelName> some = all.subList(start, Math.min(all.size(), start + CHANNELS_PER_COMMAND));
            Request command = Request.cmd(Command.SUBSCRIBE);
            some.forEach(channel -> command.arg(ChannelKeys.wakeUp(channel)));
            current.send(command).onFailure(failure -> lost(current, failure.toString()));
        }
    }

    /** A message is a wake-up, and so is the news that listening has begun: what was said before it went unheard. */
    private void take(Response push) {
        heard = true;
        if (push == null
                || !(push.type() == ResponseType.PUSH || push.type() == ResponseType.MULTI)
                || push.size() < 2) {
            return;
        }
        String kind = push.get(0).toString();
        String about = push.get(1).toString();
        boolean isWakeUp = kind.equals("message") || kind.equals("subscribe");
        if (isWakeUp && about.startsWith(PREFIX) && !about.equals(SIGN_OF_LIFE)) {
            woken.accept(new ChannelName(about.substring(PREFIX.length())));
        }
    }

    /** Asks for a sign of life by listening once more to a channel that is none: unlike PING, its answer looks the same in all protocols. */
    private void probe() {
        RedisConnection current = connection;
        if (current == null) {
            return;
        }
        if (!heard) {
            lost(current, "silent");
            return;
        }
        heard = false;
        current.send(Request.cmd(Command.SUBSCRIBE).arg(SIGN_OF_LIFE))
                .onFailure(failure -> lost(current, failure.toString()));
    }

    private void lost(RedisConnection broken, String why) {
        synchronized (this) {
            if (connection != broken) {
                return;
            }
            connection = null;
        }
        broken.close();
        retry(new IllegalStateException(why));
    }

    private void retry(Throwable why) {
        if (stopped) {
            return;
        }
        if (failures == 0) {
            LOG.warnf("no wake-ups for now, the poll stands in: %s", why.getMessage());
        }
        long pause = Math.min(PAUSE_MAX.toMillis(), PAUSE_MIN.toMillis() << Math.min(failures++, 6));
        vertx.setTimer(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2), timer -> connect());
    }
}
