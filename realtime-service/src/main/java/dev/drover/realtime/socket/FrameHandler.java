package dev.drover.realtime.socket;

import java.time.Duration;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import org.jboss.logging.Logger;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.config.InstanceId;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimiter;
import dev.drover.platform.ratelimit.RouteClass;
import dev.drover.platform.ratelimit.Subject;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.RealtimeError;
import dev.drover.realtime.channel.ChannelAccess;
import dev.drover.realtime.channel.Publishing;
import dev.drover.realtime.channel.Verb;
import dev.drover.realtime.connection.Connections;
import dev.drover.realtime.connection.OpenConnection;
import dev.drover.realtime.delivery.Feeds;
import dev.drover.realtime.presence.PresenceReader;
import dev.drover.realtime.presence.Presences;
import dev.drover.realtime.socket.ClientFrame.Authenticate;
import dev.drover.realtime.socket.ClientFrame.Ping;
import dev.drover.realtime.socket.ClientFrame.Presence;
import dev.drover.realtime.socket.ClientFrame.Publish;
import dev.drover.realtime.socket.ClientFrame.Subscribe;
import dev.drover.realtime.socket.ClientFrame.Unsubscribe;
import dev.drover.realtime.socket.Subscription.Attending;

/** Carries out one frame of a client; called for a client's frames one after the other. Blocks, so it is for virtual threads. */
@Singleton
final class FrameHandler {

    private static final Logger LOG = Logger.getLogger(FrameHandler.class);

    private final FrameParser parser;
    private final Authentication authentication;
    private final RateLimiter limiter;
    private final ChannelAccess access;
    private final Publishing publishing;
    private final Feeds feeds;
    private final Presences presences;
    private final PresenceReader attendance;
    private final Connections connections;
    private final InstanceId instance;
    private final int subscriptionsMax;
    private final Duration stallTimeout;

    FrameHandler(
            FrameParser parser,
            Authentication authentication,
            RateLimiter limiter,
            ChannelAccess access,
            Publishing publishing,
            Feeds feeds,
            Presences presences,
            PresenceReader attendance,
            Connections connections,
            InstanceId instance,
            RealtimeConfig config) {
        this.parser = parser;
        this.authentication = authentication;
        this.limiter = limiter;
        this.access = access;
        this.publishing = publishing;
        this.feeds = feeds;
        this.presences = presences;
        this.attendance = attendance;
        this.connections = connections;
        this.instance = instance;
        this.subscriptionsMax = config.socket().subscriptionsMax();
        this.stallTimeout = config.socket().stallTimeout();
    }

    void handle(Client client, String text) {
        JsonNode about = null;
        try {
            about = parser.tree(text);
            handle(client, parser.parse(about), about);
        } catch (ServiceException e) {
            client.fail(e, about);
        } catch (StoreUnavailableException e) {
            client.fail(unavailable(e), about);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a frame could not be carried out");
            client.fail(
                    new ServiceException(
                            PlatformError.INTERNAL, "The frame was understood and could not be carried out."),
                    about);
        }
    }

    private void handle(Client client, ClientFrame frame, JsonNode about) {
        switch (frame) {
            case Authenticate authenticate -> authenticate(client, authenticate, about);
            case Ping ping -> client.send(ServerFrames.pong());
            case Subscribe subscribe -> subscribe(client, subscribe);
            case Unsubscribe unsubscribe -> unsubscribe(client, unsubscribe);
            case Presence presence -> presence(client, presence);
            case Publish publish -> {
                String sub = caller(client).sub();
                limiter.charge(RouteClass.PUBLISH, Subject.account(sub));
                client.send(ServerFrames.published(
                        publish.channel(),
                        publish.id(),
                        publishing.publish(publish.channel(), publish.id(), publish.data(), sub)));
            }
        }
    }

    /** Also on an open socket, to put a fresh token in the place of one that runs out. */
    private void authenticate(Client client, Authenticate frame, JsonNode about) {
        Identified identified;
        try {
            identified = authentication.byToken(frame.token());
        } catch (ServiceException e) {
            refuse(client, e, about);
            return;
        }
        boolean isAnother = client.caller()
                .filter(known -> !known.sub().equals(identified.caller().sub()))
                .isPresent();
        if (isAnother) {
            throw new ServiceException(RealtimeError.ALREADY_AUTHENTICATED, "Open another socket for another account.");
        }
        if (client.caller().isPresent()) {
            client.identify(identified);
            ready(client);
        } else {
            enter(client, identified);
        }
    }

    /** Whom the handshake told already. */
    void admit(Client client, Identified identified) {
        try {
            enter(client, identified);
        } catch (StoreUnavailableException e) {
            client.end(unavailable(e), null, CloseCode.INTERNAL);
        }
    }

    private void enter(Client client, Identified identified) {
        Caller caller = identified.caller();
        OpenConnection connection = new OpenConnection(client.id(), caller.sub(), caller.sid(), client.openedAt());
        if (!connections.admit(connection)) {
            client.end(
                    new ServiceException(
                            RealtimeError.TOO_MANY_CONNECTIONS, "Close another one, or share one among pages."),
                    null,
                    CloseCode.TOO_MANY_CONNECTIONS);
            return;
        }
        client.identify(identified);
        if (client.isGone()) {
            connections.release(client.id());
            return;
        }
        ready(client);
    }

    void leave(Client client) {
        client.leave();
        connections.release(client.id());
    }

    private void refuse(Client client, ServiceException problem, JsonNode about) {
        if (client.caller().isPresent()) {
            client.fail(problem, about);
        } else {
            client.end(problem, about, CloseCode.UNAUTHENTICATED);
        }
    }

    private void ready(Client client) {
        client.send(ServerFrames.ready(caller(client).sub(), instance.value()));
    }

    private void subscribe(Client client, Subscribe frame) {
        ChannelName channel =
                access.require(Verb.READ, frame.channel(), caller(client).sub());
        if (client.subscriptionCount() >= subscriptionsMax) {
            throw new ServiceException(
                    RealtimeError.TOO_MANY_SUBSCRIPTIONS, "A socket may follow " + subscriptionsMax + " channels.");
        }
        Subscription subscription = new Subscription(
                client,
                channel,
                feeds,
                stallTimeout,
                attending(channel, caller(client).sub()));
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

    private void presence(Client client, Presence frame) {
        ChannelName channel =
                access.require(Verb.PRESENCE, frame.channel(), caller(client).sub());
        client.send(ServerFrames.presence(channel, attendance.read(channel, frame.after(), frame.limit())));
    }

    private void unsubscribe(Client client, Unsubscribe frame) {
        caller(client);
        ChannelName channel = ChannelAccess.named(frame.channel());
        if (!client.unsubscribe(channel)) {
            throw new ServiceException(RealtimeError.NOT_SUBSCRIBED, "There is nothing to unsubscribe from.");
        }
        client.send(ServerFrames.unsubscribed(frame.channel()));
    }

    private static Caller caller(Client client) {
        return client.caller()
                .orElseThrow(() -> new ServiceException(
                        PlatformError.UNAUTHENTICATED, "The first frame is {\"type\":\"auth\",\"token\":…}."));
    }

    private static ServiceException unavailable(StoreUnavailableException e) {
        return new ServiceException(
                PlatformError.STORE_UNAVAILABLE, e.store() + " does not answer at the moment; repeat the frame.");
    }
}
