package dev.drover.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import org.jboss.logging.Logger;

import dev.drover.platform.stateless.LocalTick;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * One connection of an instance that listens on Redis. When it breaks it is opened again with growing, jittered pauses, and its listener
 * asks for the same again. A probe now and then finds the connection that is dead without saying so. What is published while it is broken
 * goes unheard.
 *
 * <p>In a cluster it is one connection to each node: a message reaches every node, so that it does not matter which of them was asked to
 * listen; and when any of them breaks, all are closed, or every fail-over would keep some of the pool for good.
 */
@ProcessLocal(because = "this process's connection for listening; what it misses is looked for when it is back")
@LocalTick(because = "probes and reopens this process's connection")
public final class RedisListening {

    /** Whoever listens. Called on event loops: must not block. */
    public interface Listener {

        /** Comes before {@link #subscriptions()}: whether this server has sharded pub/sub (Redis 7.0). */
        default void connected(boolean shardedPubSub) {}

        /** Nothing is heard from now on, until what is asked for is confirmed again. */
        default void silenced() {}

        /** What to ask for on a fresh connection. */
        List<Request> subscriptions();

        /** @param push an answer to a subscription, or a message: its kind, and what it is about */
        void take(Response push);
    }

    private static final Logger LOG = Logger.getLogger(RedisListening.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);
    private static final Duration PROBE_EVERY = Duration.ofSeconds(5);
    private static final int DOUBLINGS_MAX = 6;
    private static final Pattern MAJOR_VERSION = Pattern.compile("redis_version:(\\d+)\\.");
    private static final int SHARDED_SINCE = 7;

    private final Redis redis;
    private final Vertx vertx;
    private final String signOfLife;
    private final Listener listener;
    private volatile RedisConnection connection;
    private volatile boolean stopped;
    private volatile boolean heard;
    private volatile int failures;

    /** @param signOfLife a channel nobody publishes on, by which the connection is probed; the listener hears the answers too */
    public RedisListening(io.vertx.mutiny.redis.client.Redis redis, Vertx vertx, String signOfLife, Listener listener) {
        this.redis = redis.getDelegate();
        this.vertx = vertx;
        this.signOfLife = signOfLife;
        this.listener = listener;
    }

    public void start() {
        connect();
        vertx.setPeriodic(PROBE_EVERY.toMillis(), timer -> probe());
    }

    public void stop() {
        stopped = true;
        RedisConnection current = connection;
        if (current != null) {
            current.close();
        }
    }

    /** Asks at once when there is a connection; a fresh one asks for all anyway. Succeeds when there is none. */
    public Future<Response> ask(Request request) {
        RedisConnection current = connection;
        if (current == null) {
            return Future.succeededFuture();
        }
        return current.send(request).onFailure(failure -> lost(current, failure.toString()));
    }

    private void connect() {
        if (stopped) {
            return;
        }
        RedisTransport.connect(redis).onSuccess(this::ask).onFailure(failure -> retry(failure.getMessage()));
    }

    /** Before anything is listened to: an error would be taken for the answer of a command that is waited for. */
    private void ask(RedisConnection fresh) {
        fresh.send(Request.cmd(Command.INFO).arg("server"))
                .onSuccess(info -> connected(fresh, info.toString()))
                .onFailure(failure -> {
                    fresh.close();
                    retry(failure.getMessage());
                });
    }

    private void connected(RedisConnection fresh, String info) {
        Matcher version = MAJOR_VERSION.matcher(info);
        listener.connected(version.find() && Integer.parseInt(version.group(1)) >= SHARDED_SINCE);
        failures = 0;
        heard = true;
        listenOn(fresh);
        connection = fresh;
        listener.subscriptions().forEach(this::ask);
        LOG.debug("listening on Redis");
    }

    private void listenOn(RedisConnection current) {
        current.handler(this::take);
        current.endHandler(end -> lost(current, "closed"));
        current.exceptionHandler(failure -> lost(current, failure.toString()));
    }

    private void take(Response push) {
        heard = true;
        boolean isPush = push != null && (push.type() == ResponseType.PUSH || push.type() == ResponseType.MULTI);
        if (isPush && push.size() > 1) {
            listener.take(push);
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
        // A node that joined the cluster since then was connected to without being listened on.
        listenOn(current);
        ask(Request.cmd(Command.SUBSCRIBE).arg(signOfLife));
    }

    private void lost(RedisConnection broken, String why) {
        synchronized (this) {
            if (connection != broken) {
                return;
            }
            connection = null;
        }
        listener.silenced();
        broken.close();
        retry(why);
    }

    private void retry(String why) {
        if (stopped) {
            return;
        }
        if (failures == 0) {
            LOG.warnf("nothing is heard from Redis for now: %s", why);
        }
        long pause = Math.min(PAUSE_MAX.toMillis(), PAUSE_MIN.toMillis() << Math.min(failures, DOUBLINGS_MAX));
        failures++;
        vertx.setTimer(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2), timer -> connect());
    }
}
