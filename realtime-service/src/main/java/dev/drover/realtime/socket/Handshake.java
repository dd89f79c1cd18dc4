package dev.drover.realtime.socket;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

import dev.drover.platform.drain.Drain;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CallerMechanism;
import dev.drover.platform.identity.SessionCookie;
import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.ErrorKind;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.RealtimeError;

/**
 * Decides on the upgrade. A session cookie or an Authorization header already says who it is; without either the first frame has to.
 * Browsers send cookies along whatever page asks, so with a cookie the page must be ours.
 */
@Singleton
final class Handshake implements HttpUpgradeCheck {

    static final UserData.TypedKey<Caller> CALLER = new UserData.TypedKey<>("drover.caller");
    static final UserData.TypedKey<ConnectionBase> TRANSPORT = new UserData.TypedKey<>("drover.transport");

    private static final String SUBPROTOCOL = "drover.v1.json";

    private final CallerMechanism callers;
    private final SessionCookie cookie;
    private final Clients clients;
    private final Drain drain;
    private final Arrivals arrivals;
    private final int socketsMax;
    private final int unauthenticatedMax;

    Handshake(
            CallerMechanism callers,
            SessionCookie cookie,
            Clients clients,
            Drain drain,
            Arrivals arrivals,
            RealtimeConfig config) {
        this.callers = callers;
        this.cookie = cookie;
        this.clients = clients;
        this.drain = drain;
        this.arrivals = arrivals;
        this.socketsMax = config.socket().max();
        this.unauthenticatedMax = config.socket().unauthenticatedMax();
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        HttpServerRequest request = context.httpRequest();
        if (drain.isDraining()) {
            return failed(arrivals.refusal(RealtimeError.DRAINING, "Another instance takes the socket."));
        }
        if (clients.size() >= socketsMax) {
            return failed(arrivals.refusal(RealtimeError.TOO_MANY_SOCKETS, "Another instance may take the socket."));
        }
        if (!isSpoken(request)) {
            return refuse(RealtimeError.UNKNOWN_SUBPROTOCOL, "Offer " + SUBPROTOCOL + ", alone or among others.");
        }
        boolean byHeader = request.getHeader("Authorization") != null;
        String origin = request.getHeader("Origin");
        if (!byHeader
                && request.getCookie(cookie.name()) != null
                && origin != null
                && !origin.equals(cookie.origin())) {
            return refuse(
                    PlatformError.CROSS_SITE_REQUEST, "Leave the cookie out and send an access token as first frame.");
        }
        Optional<Arrivals.Place> place = arrivals.tryTake();
        if (place.isEmpty()) {
            return failed(arrivals.refusal(
                    RealtimeError.TOO_MANY_HANDSHAKES,
                    "Connect again after a pause that grows and differs each time."));
        }
        return Uni.createFrom()
                .deferred(() -> callers.byRequest(request))
                .onFailure(failure -> !byHeader && failure instanceof ServiceException)
                // A cookie that no longer counts is as good as none: the page may still send a token.
                .recoverWithNull()
                .onTermination()
                .invoke(place.get()::giveBack)
                .map(caller -> permitted(context, caller));
    }

    /** On the connection's event loop, where it cannot end between here and the upgrade. */
    private CheckResult permitted(HttpUpgradeContext context, Caller caller) {
        HttpServerRequest request = context.httpRequest();
        // Every connection of Vert.x that can be upgraded is one.
        ConnectionBase transport = (ConnectionBase) request.connection();
        if (!transport.channel().isActive()) {
            // It would become a socket whose end nobody hears of: it has been.
            return CheckResult.rejectUpgradeSync(ErrorKind.INVALID.status());
        }
        if (caller != null) {
            context.userData().put(CALLER, caller);
        } else if (clients.unauthenticated() >= unauthenticatedMax) {
            throw arrivals.refusal(
                    RealtimeError.TOO_MANY_UNAUTHENTICATED,
                    "Show a token or the cookie with the handshake, or connect again after a pause.");
        }
        context.userData().put(TRANSPORT, transport);
        UpgradedRequest.isDone(request);
        return CheckResult.permitUpgradeSync();
    }

    /** Who offers none is taken as if it had offered ours; who offers others only would wait for what they say. */
    private static boolean isSpoken(HttpServerRequest request) {
        List<String> offered = request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(field -> Stream.of(field.split(",")))
                .map(String::strip)
                .toList();
        return offered.isEmpty() || offered.contains(SUBPROTOCOL);
    }

    private static Uni<CheckResult> refuse(ErrorCode code, String detail) {
        return failed(new ServiceException(code, detail));
    }

    private static Uni<CheckResult> failed(ServiceException refusal) {
        return Uni.createFrom().failure(refusal);
    }
}
