package dev.drover.realtime.socket;

import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.FutureListener;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Context;
import io.vertx.core.net.impl.ConnectionBase;

import dev.drover.realtime.delivery.Frame;

/** Writes on the connection's own event loop, so that frames leave in the order they were handed over, whichever threads did it. */
final class ConnectionWire implements SendQueue.Wire {

    private final WebSocketConnection connection;
    private final ConnectionBase transport;
    private final Context context;

    ConnectionWire(WebSocketConnection connection, ConnectionBase transport, Context context) {
        this.connection = connection;
        this.transport = transport;
        this.context = context;
    }

    /**
     * Past the framework's own way of sending, which encodes the text anew for each socket and carries the context of whoever sends along: one message for
     * thousands of sockets is nearly all this instance has to do. It enters the connection's queue where that way does, so the order is the same.
     */
    @Override
    public void write(Frame frame, Runnable written) {
        if (connection.isOpen()) {
            transport.writeToChannel(
                    new TextWebSocketFrame(frame.payload()), (FutureListener<Void>) done -> written.run());
        }
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
        transport.channelHandlerContext().close();
    }
}
