package dev.drover.realtime.socket;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import org.jboss.logging.Logger;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.config.InstanceId;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.problem.ErrorKind;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimiter;
import dev.drover.platform.ratelimit.RouteClass;
import dev.drover.platform.ratelimit.Subject;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.realtime.RealtimeError;
import dev.drover.realtime.channel.ChannelAccess;
import dev.drover.realtime.channel.Publishing;
import dev.drover.realtime.channel.Verb;
import dev.drover.realtime.connection.Connections;
import dev.drover.realtime.connection.OpenConnection;
import dev.drover.realtime.presence.PresenceReader;
import dev.drover.realtime.socket.ClientFrame.Authenticate;
import dev.drover.realtime.socket.ClientFrame.Ping;
import dev.drover.realtime.socket.ClientFrame.Presence;
import dev.drover.realtime.socket.ClientFrame.Publish;
import dev.drover.realtime.socket.ClientFrame.Subscribe;
import dev.drover.realtime.socket.ClientFrame.Unsubscribe;

/** Carries out one frame of a client; called for a client's frames one after the other. Blocks, so it is for virtual threads. */
@Singleton
final class FrameHandler {

    private static final Logger LOG = Logger.getLogger(FrameHandler.class);

    private final FrameParser parser;
    private final Arrivals arrivals;
    private final Clients clients;
    private final Authentication authentication;
    private final RateLimiter limiter;
    private final ChannelAccess access;
    private final Publishing publishing;
    private final PresenceReader attendance;
    private final Connections connections;
    private final Subscribing subscribing;
    private final InstanceId instance;

    FrameHandler(
            FrameParser parser,
            Arrivals arrivals,
            Clients clients,
            Authentication authentication,
            RateLimiter limiter,
            ChannelAccess access,
            Publishing publishing,
            PresenceReader attendance,
            Connections connections,
            Subscribing subscribing,
            InstanceId instance) {
        this.parser = parser;
        this.arrivals = arrivals;
        this.clients = clients;
        this.authentication = authentication;
        this.limiter = limiter;
        this.access = access;
        this.publishing = publishing;
        this.attendance = attendance;
        this.connections = connections;
        this.subscribing = subscribing;
        this.instance = instance;
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
            case Subscribe subscribe ->
                subscribing.subscribe(client, caller(client).sub(), subscribe);
            case Unsubscribe unsubscribe -> {
                caller(client);
                subscribing.unsubscribe(client, unsubscribe);
            }
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

    private void authenticate(Client client, Authenticate frame, JsonNode about) {
        if (client.caller().isPresent()) {
            renew(client, frame);
            return;
        }
        try {
            arrivals.inTurn(() -> {
                if (!client.isGone()) {
                    enter(client, authentication.byToken(frame.token()));
                }
            });
        } catch (ServiceException e) {
            boolean isPassing = e.error().kind() == ErrorKind.UNAVAILABLE;
            client.end(e, about, isPassing ? CloseCode.INTERNAL : CloseCode.UNAUTHENTICATED);
        }
    }

    /** A fresh token in the place of one that runs out. */
    private void renew(Client client, Authenticate frame) {
        Identified identified = authentication.byToken(frame.token());
        if (!client.caller().orElseThrow().sub().equals(identified.caller().sub())) {
            throw new ServiceException(RealtimeError.ALREADY_AUTHENTICATED, "Open another socket for another account.");
        }
        client.identify(identified);
        ready(client);
    }

    /** Whom the handshake told already. */
    void admit(Client client, Identified identified) {
        try {
            arrivals.inTurn(() -> {
                if (!client.isGone()) {
                    enter(client, identified);
                }
            });
        } catch (StoreUnavailableException e) {
            client.end(unavailable(e), null, CloseCode.INTERNAL);
        } catch (ServiceException e) {
            client.end(e, null, CloseCode.INTERNAL);
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
        clients.identify(client, identified);
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

    private void ready(Client client) {
        client.send(ServerFrames.ready(caller(client).sub(), instance.value()));
    }

    private void presence(Client client, Presence frame) {
        ChannelName channel =
                access.require(Verb.PRESENCE, frame.channel(), caller(client).sub());
        client.send(ServerFrames.presence(channel, attendance.read(channel, frame.after(), frame.limit())));
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
