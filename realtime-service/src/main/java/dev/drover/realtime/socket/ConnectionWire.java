package dev.drover.realtime.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Context;
import io.vertx.core.net.impl.ConnectionBase;

import dev.drover.realtime.delivery.Frame;

/**
 * Writes on the connection's own event loop, and past the framework's own way of sending: that encodes the text anew for each socket, carries the
 * context of whoever sends along, makes each frame a task of the loop and flushes each by itself. One message for thousands of sockets is nearly all
 * this instance has to do, so it also passes by the handlers that encode.
 */
final class ConnectionWire implements SendQueue.Wire {

    private final WebSocketConnection connection;
    private final ConnectionBase transport;
    private final Context context;
    private final Departures departures;

    /** What is written here passes by the encoder and all that stands before it. A frame need not be compressed even where that was agreed on. */
    private final ChannelHandlerContext encoder;

    private long unreportedBytes;

    ConnectionWire(WebSocketConnection connection, ConnectionBase transport, Context context, Departures departures) {
        this.connection = connection;
        this.transport = transport;
        this.context = context;
        this.departures = departures;
        this.encoder = channel().pipeline().context(WebSocketFrameEncoder.class);
    }

    @Override
    public void ready(SendQueue queue) {
        departures.add(queue);
    }

    @Override
    public void write(Frame frame, Runnable written) {
        if (connection.isOpen()) {
            unreportedBytes += frame.bytes();
            encoder.write(departures.encoded().of(frame, encoder.alloc())).addListener(done -> written.run());
        }
    }

    @Override
    public void flush() {
        channel().flush();
        transport.reportBytesWritten(unreportedBytes);
        unreportedBytes = 0;
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
        channel().close();
    }

    private ChannelHandlerContext channel() {
        return transport.channelHandlerContext();
    }
}
