package dev.drover.platform.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import dev.drover.platform.stateless.LocalTick;

/**
 * Ends the connection of a request whose body nobody is going to read. What is on its way runs out for a moment first: bytes that arrive at a
 * closed connection reset it, and the client would lose the answer that tells it why.
 */
@LocalTick(because = "ends one connection of this process")
public final class UnreadBody {

    private static final long LINGER_MILLIS = 500;

    private UnreadBody() {}

    /** To be called before the answer is sent. */
    public static void closeAfterAnswer(RoutingContext routing) {
        routing.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        routing.addEndHandler(answered -> {
            HttpServerRequest request = routing.request();
            if (!request.isEnded()) {
                request.handler(ignored -> {}).resume();
                routing.vertx()
                        .setTimer(LINGER_MILLIS, timer -> request.connection().close());
            }
        });
    }
}
