package dev.drover.realtime.socket;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Ends a connection on which comes what is no WebSocket (1002), no UTF-8 (1007) or claims to be too large (1009), as RFC 6455 has it. The
 * transport by itself would cut it off without a word, and put replacement characters in the place of what is no text.
 */
final class FrameGuard extends Utf8FrameValidator {

    /** As the transport calls what makes messages of frames. */
    private static final String TRANSPORT_HANDLER = "handler";

    private static final String NAME = "drover.frame-guard";

    private boolean ended;

    private FrameGuard() {
        super(false);
    }

    /** On the connection's event loop, before its first frame is read. */
    static void on(ConnectionBase transport) {
        ChannelPipeline pipeline = transport.channelHandlerContext().channel().pipeline();
        if (pipeline.get(TRANSPORT_HANDLER) != null && pipeline.get(NAME) == null) {
            pipeline.addBefore(TRANSPORT_HANDLER, NAME, new FrameGuard());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            if (!ended) {
                ended = true;
                context.writeAndFlush(new CloseWebSocketFrame(corrupted.closeStatus()))
                        .addListener(ChannelFutureListener.CLOSE);
            }
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
