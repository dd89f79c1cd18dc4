package dev.drover.realtime.socket;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Writes on the connection's own event loop, so that frames leave in the order they were handed over, whichever threads did it. */
final class ConnectionWire implements SendQueue.Wire {

    private final WebSocketConnection connection;
    private final HttpConnection transport;
    private final Context context;

    ConnectionWire(WebSocketConnection connection, HttpConnection transport, Context context) {
        this.connection = connection;
        this.transport = transport;
        this.context = context;
    }

    @Override
    public void write(String frame, Runnable written) {
        context.runOnContext(
                now -> connection.sendText(frame).subscribe().with(done -> written.run(), failure -> written.run()));
    }

    @Override
    public void close(CloseCode code) {
        context.runOnContext(now -> connection
                .close(new CloseReason(code.number(), code.reason()))
                .subscribe()
                .with(done -> {}, failure -> {}));
    }

    /** Whatever closes in order waits behind what the peer does not take, so this starts below the handlers that do. */
    @Override
    public void sever() {
        if (transport instanceof ConnectionBase base) {
            base.channelHandlerContext().close();
        } else {
            close(CloseCode.SLOW_CONSUMER);
        }
    }
}
