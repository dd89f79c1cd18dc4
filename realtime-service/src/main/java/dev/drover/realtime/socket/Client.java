package dev.drover.realtime.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.RealtimeError;
import dev.drover.realtime.delivery.Delivery;
import dev.drover.realtime.delivery.Frame;
import dev.drover.realtime.room.Rooms;

/** The other end of one socket: who it is, what it follows, and what waits to be sent to it. All of it ends with the connection. */
final class Client {

    private final String id;
    private final SendQueue queue;
    private final DeliveryMeters meters;
    private final Instant openedAt;
    private final Map<ChannelName, Subscription> subscriptions = new ConcurrentHashMap<>();
    private volatile Identified identified;
    private volatile Instant heardAt;
    private volatile boolean gone;

    Client(String id, SendQueue queue, DeliveryMeters meters, Instant openedAt) {
        this.id = id;
        this.heardAt = openedAt;
        this.queue = queue;
        this.meters = meters;
        this.openedAt = openedAt;
    }

    String id() {
        return id;
    }

    /** Anything came from the other end, be it that it is there. */
    void heard(Instant now) {
        heardAt = now;
    }

    Instant heardAt() {
        return heardAt;
    }

    void disconnect() {
        end(
                new ServiceException(RealtimeError.DISCONNECTED, "Do not connect again without being asked to."),
                null,
                CloseCode.DISCONNECTED);
    }

    /** It belongs to the room no more. */
    void expel(ChannelName room) {
        for (ChannelName channel : List.copyOf(subscriptions.keySet())) {
            boolean inside = Rooms.of(channel.presenceOf().orElse(channel)).equals(room);
            if (inside && unsubscribe(channel)) {
                fail(
                        new ServiceException(
                                RealtimeError.CHANNEL_FORBIDDEN, "The account is not in the room any more."),
                        ServerFrames.about("subscribe", channel));
            }
        }
    }

    Optional<Caller> caller() {
        return Optional.ofNullable(identified).map(Identified::caller);
    }

    Optional<Instant> tokenExpiresAt() {
        return Optional.ofNullable(identified).flatMap(Identified::tokenExpiresAt);
    }

    Instant openedAt() {
        return openedAt;
    }

    void identify(Identified as) {
        identified = as;
    }

    void send(String frame) {
        if (!queue.offer(Frame.of(frame))) {
            tooSlow();
        }
    }

    void deliver(Delivery message) {
        if (queue.offer(message.frame())) {
            meters.delivered();
        } else {
            tooSlow();
        }
    }

    private void tooSlow() {
        meters.slowConsumer();
        queue.drop(
                ServerFrames.error(
                        new ServiceException(
                                RealtimeError.SLOW_CONSUMER,
                                "Connect again, resume where you are, and read faster or follow less."),
                        null),
                CloseCode.SLOW_CONSUMER);
    }

    boolean awaitRoom(Duration limit) {
        return queue.awaitRoom(limit);
    }

    void fail(ServiceException problem, JsonNode about) {
        send(ServerFrames.error(problem, about));
    }

    /** Says why, then closes. */
    void end(ServiceException problem, JsonNode about, CloseCode code) {
        queue.close(ServerFrames.error(problem, about), code);
    }

    /** Tells the client to come back elsewhere. */
    void drain(Duration reconnectIn) {
        queue.close(ServerFrames.drain(reconnectIn), CloseCode.RESTARTING);
    }

    void endIfStalled(Duration limit) {
        if (queue.isStalled(limit)) {
            meters.slowConsumer();
            queue.abort(CloseCode.SLOW_CONSUMER);
        }
    }

    /** False when the client follows the channel already. */
    boolean subscribe(ChannelName channel, Subscription subscription) {
        return subscriptions.putIfAbsent(channel, subscription) == null;
    }

    int subscriptionCount() {
        return subscriptions.size();
    }

    /** False when it does not follow the channel. */
    boolean unsubscribe(ChannelName channel) {
        Subscription subscription = subscriptions.remove(channel);
        if (subscription != null) {
            subscription.end();
        }
        return subscription != null;
    }

    boolean isGone() {
        return gone;
    }

    /** The connection has ended: nothing is sent any more, nothing is followed. */
    void leave() {
        gone = true;
        queue.gone();
        List.copyOf(subscriptions.keySet()).forEach(this::unsubscribe);
    }
}
