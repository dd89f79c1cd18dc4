package dev.drover.realtime.socket;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Ends a connection with 1007 whose text is no UTF-8, as RFC 6455 has it. The transport would put replacement characters in its place, and
 * a message would not be what was sent.
 */
final class TextFrames {

    /** As the transport calls what makes messages of frames. */
    private static final String TRANSPORT_HANDLER = "handler";

    private static final String NAME = "drover.text-frames";

    private TextFrames() {}

    /** On the connection's event loop, before its first frame is read. */
    static void validate(HttpConnection transport) {
        if (transport instanceof ConnectionBase base) {
            ChannelPipeline pipeline = base.channelHandlerContext().channel().pipeline();
            if (pipeline.get(TRANSPORT_HANDLER) != null && pipeline.get(NAME) == null) {
                pipeline.addBefore(TRANSPORT_HANDLER, NAME, new Utf8FrameValidator(true));
            }
        }
    }
}
