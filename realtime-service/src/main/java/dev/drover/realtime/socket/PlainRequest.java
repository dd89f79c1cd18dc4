package dev.drover.realtime.socket;

import java.util.stream.Stream;

import jakarta.enterprise.event.Observes;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.RealtimeError;

/** What asks for the socket's path and for no socket, or for one of another time: it is told what the path is for, and that it is there. */
final class PlainRequest {

    private static final String METHODS = "GET, OPTIONS";
    private static final String WEBSOCKET = "websocket";
    private static final String VERSION = "13";

    void register(@Observes Router router) {
        router.route("/realtime").order(0).handler(PlainRequest::handle);
    }

    private static void handle(RoutingContext request) {
        HttpMethod method = request.request().method();
        HttpServerResponse response = request.response();
        if (method.equals(HttpMethod.OPTIONS)) {
            response.setStatusCode(204).putHeader(HttpHeaders.ALLOW, METHODS).end();
        } else if (!method.equals(HttpMethod.GET)) {
            response.putHeader(HttpHeaders.ALLOW, METHODS);
            request.fail(new ServiceException(PlatformError.METHOD_NOT_ALLOWED, "A WebSocket begins with GET."));
        } else if (!isUpgrade(request.request())) {
            response.putHeader(HttpHeaders.UPGRADE, WEBSOCKET).putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
            request.fail(new ServiceException(
                    RealtimeError.UPGRADE_REQUIRED, "Send Connection: Upgrade, Upgrade: websocket and the key."));
        } else if (!VERSION.equals(request.request().getHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            response.putHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
            request.fail(new ServiceException(
                    RealtimeError.UPGRADE_REQUIRED, "Send Sec-WebSocket-Version: " + VERSION + "."));
        } else if (hasBody(request.request())) {
            request.fail(new ServiceException(PlatformError.BAD_REQUEST, "A handshake has no body."));
        } else {
            // With it Quarkus would keep the whole request for as long as the socket, to find out who asks: Handshake
            // does that.
            request.remove(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
            request.next();
        }
    }

    private static boolean isUpgrade(HttpServerRequest request) {
        String connection = request.getHeader(HttpHeaders.CONNECTION);
        return WEBSOCKET.equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                && connection != null
                && Stream.of(connection.split(","))
                        .map(String::strip)
                        .anyMatch(HttpHeaders.UPGRADE.toString()::equalsIgnoreCase);
    }

    /** The transport would wait for it, and the handshake would last as long as the client likes. */
    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && !length.equals("0") || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }
}
