package dev.drover.realtime.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    private static final int CHANNELS_PER_COMMAND = 256;
    private static final String PREFIX = ChannelKeys.wakeUpPrefix();
    private static final String SIGN_OF_LIFE = PREFIX + "-";

    private final RedisListening listening;
    private final Set<ChannelName> wanted = ConcurrentHashMap.newKeySet();
    private volatile Consumer<ChannelName> woken = channel -> {};

    RedisWakeUps(Redis redis, Vertx vertx) {
        this.listening = new RedisListening(redis, vertx, SIGN_OF_LIFE, this);
    }

    @Override
    public void start(Consumer<ChannelName> onWakeUp) {
        woken = onWakeUp;
        listening.start();
    }

    void stop(@Observes ShutdownEvent event) {
        listening.stop();
    }

    @Override
    public void listen(ChannelName channel) {
        wanted.add(channel);
        listening.ask(subscribe(List.of(channel)));
    }

    @Override
    public void forget(ChannelName channel) {
        wanted.remove(channel);
        listening
                .ask(Request.cmd(Command.UNSUBSCRIBE).arg(ChannelKeys.wakeUp(channel)))
                .onComplete(done -> {
                    // Someone may have come back while the command was under way.
                    if (wanted.contains(channel)) {
                        listening.ask(subscribe(List.of(channel)));
                    }
                });
    }

    @Override
    public List<Request> subscriptions() {
        List<ChannelName> all = List.copyOf(wanted);
        List<Request> commands = new ArrayList<>();
        for (int start = 0; start < all.size(); start += CHANNELS_PER_COMMAND) {
            commands.add(subscribe(all.subList(start, Math.min(all.size(), start + CHANNELS_PER_COMMAND))));
        }
        return commands;
    }

    private static Request subscribe(Collection<ChannelName> channels) {
        Request command = Request.cmd(Command.SUBSCRIBE);
        channels.forEach(channel -> command.arg(ChannelKeys.wakeUp(channel)));
        return command;
    }

    /** A message is a wake-up, and so is the news that listening has begun: what was said before it went unheard. */
    @Override
    public void take(Response push) {
        String kind = push.get(0).toString();
        String about = push.get(1).toString();
        boolean isWakeUp = kind.equals("message") || kind.equals("subscribe");
        if (isWakeUp && about.startsWith(PREFIX) && !about.equals(SIGN_OF_LIFE)) {
            woken.accept(new ChannelName(about.substring(PREFIX.length())));
        }
    }
}
