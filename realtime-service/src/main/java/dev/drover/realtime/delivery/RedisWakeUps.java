package dev.drover.realtime.delivery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.RedisListening;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * One connection of the instance listens for all its channels. When it was made anew all of them are woken up, because nobody knows what
 * was missed.
 */
@Singleton
@ProcessLocal(because = "what this process's sockets listen for; the poll stands in when a wake-up is lost")
final class RedisWakeUps implements WakeUps, RedisListening.Listener {

    private static final String SIGN_OF_LIFE = "drover:wake:-";
    private static final Set<String> MESSAGES = Set.of("message", "smessage");
    private static final Set<String> BEGINNINGS = Set.of("subscribe", "ssubscribe");

    private final RedisListening listening;
    private final Map<String, ChannelName> wanted = new ConcurrentHashMap<>();
    private volatile boolean sharded;
    private volatile Consumer<WakeUp> woken = wakeUp -> {};

    RedisWakeUps(Redis redis, Vertx vertx) {
        this.listening = new RedisListening(redis, vertx, SIGN_OF_LIFE, this);
    }

    @Override
    public void start(Consumer<WakeUp> onWakeUp) {
        woken = onWakeUp;
        listening.start();
    }

    void stop(@Observes ShutdownEvent event) {
        listening.stop();
    }

    @Override
    public void connected(boolean shardedPubSub) {
        sharded = shardedPubSub;
    }

    @Override
    public void listen(ChannelName channel) {
        String pubSub = ChannelKeys.wakeUp(channel);
        wanted.put(pubSub, channel);
        listening.ask(subscribe(pubSub));
    }

    @Override
    public void forget(ChannelName channel) {
        String pubSub = ChannelKeys.wakeUp(channel);
        wanted.remove(pubSub);
        listening
                .ask(Request.cmd(sharded ? Command.SUNSUBSCRIBE : Command.UNSUBSCRIBE)
                        .arg(pubSub))
                .onComplete(done -> {
                    // Someone may have come back while the command was under way.
                    if (wanted.containsKey(pubSub)) {
                        listening.ask(subscribe(pubSub));
                    }
                });
    }

    @Override
    public List<Request> subscriptions() {
        return wanted.keySet().stream().map(this::subscribe).toList();
    }

    /** One by one: in a cluster each goes to the node of its slot. */
    private Request subscribe(String pubSub) {
        return Request.cmd(sharded ? Command.SSUBSCRIBE : Command.SUBSCRIBE).arg(pubSub);
    }

    /**
     * A message is a wake-up, and so is the news that listening has begun: what was said before it went unheard. A node that gives a slot away
     * ends what was listened to in it.
     */
    @Override
    public void take(Response push) {
        String pubSub = push.get(1) == null ? "" : push.get(1).toString();
        ChannelName channel = wanted.get(pubSub);
        if (channel == null) {
            return;
        }
        String kind = push.get(0).toString();
        if (MESSAGES.contains(kind)) {
            woken.accept(WakeUp.of(channel, push.get(2).toBytes()));
        } else if (BEGINNINGS.contains(kind)) {
            woken.accept(WakeUp.of(channel));
        } else if (kind.equals("sunsubscribe")) {
            listening.ask(subscribe(pubSub));
        }
    }
}
