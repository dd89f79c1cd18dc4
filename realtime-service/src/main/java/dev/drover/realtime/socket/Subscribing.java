package dev.drover.realtime.socket;

import java.time.Duration;

import jakarta.inject.Singleton;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.RealtimeError;
import dev.drover.realtime.channel.ChannelAccess;
import dev.drover.realtime.channel.Verb;
import dev.drover.realtime.delivery.Feeds;
import dev.drover.realtime.presence.Presences;
import dev.drover.realtime.socket.ClientFrame.Subscribe;
import dev.drover.realtime.socket.ClientFrame.Unsubscribe;
import dev.drover.realtime.socket.Subscription.Attending;

/** Lets clients follow channels and stop following them. Blocks, so it is for virtual threads. */
@Singleton
final class Subscribing {

    private final ChannelAccess access;
    private final Feeds feeds;
    private final Presences presences;
    private final int subscriptionsMax;
    private final Duration stallTimeout;

    Subscribing(ChannelAccess access, Feeds feeds, Presences presences, RealtimeConfig config) {
        this.access = access;
        this.feeds = feeds;
        this.presences = presences;
        this.subscriptionsMax = config.socket().subscriptionsMax();
        this.stallTimeout = config.socket().stallTimeout();
    }

    void subscribe(Client client, String sub, Subscribe frame) {
        ChannelName channel = access.require(Verb.READ, frame.channel(), sub);
        if (client.subscriptionCount() >= subscriptionsMax) {
            throw new ServiceException(
                    RealtimeError.TOO_MANY_SUBSCRIPTIONS, "A socket may follow " + subscriptionsMax + " channels.");
        }
        Subscription subscription = new Subscription(client, channel, feeds, stallTimeout, attending(channel, sub));
        if (!client.subscribe(channel, subscription)) {
            throw new ServiceException(RealtimeError.ALREADY_SUBSCRIBED, "Unsubscribe first to resume elsewhere.");
        }
        try {
            subscription.begin(frame.since());
        } catch (RuntimeException e) {
            client.unsubscribe(channel);
            throw e;
        }
        if (client.isGone()) {
            client.unsubscribe(channel);
        }
    }

    private Attending attending(ChannelName channel, String sub) {
        if (!access.hasPresence(channel, sub)) {
            return Attending.NONE;
        }
        return new Attending() {
            @Override
            public void join() {
                presences.join(channel, sub);
            }

            @Override
            public void leave() {
                presences.leave(channel, sub);
            }
        };
    }

    void unsubscribe(Client client, Unsubscribe frame) {
        ChannelName channel = ChannelAccess.named(frame.channel());
        if (!client.unsubscribe(channel)) {
            throw new ServiceException(RealtimeError.NOT_SUBSCRIBED, "There is nothing to unsubscribe from.");
        }
        client.send(ServerFrames.unsubscribed(frame.channel()));
    }
}
