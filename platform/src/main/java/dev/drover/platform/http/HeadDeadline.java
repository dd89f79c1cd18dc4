package dev.drover.platform.http;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import org.jboss.logging.Logger;

import dev.drover.platform.stateless.LocalTick;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * Cuts a connection off on which the head of a request is not whole in time after its first byte, however many bytes of it come now and then: an idle
 * time-out never finds one that trickles. Stands before all that reads the connection. What decodes requests is only there once the first bytes have
 * shown which HTTP it is, so the end of the first head is found by its bytes and that of later ones by what the decoder makes of them.
 */
@ProcessLocal(because = "how far the head of one connection's request is")
@LocalTick(because = "ends one connection of this process")
final class HeadDeadline extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = Logger.getLogger(HeadDeadline.class);

    private final long withinMillis;
    private final FirstHead first = new FirstHead();

    /** Null until the first head is whole. */
    private ChannelHandlerContext decoder;

    private Future<?> deadline;
    private boolean isBetweenRequests = true;
    private boolean hasDecoded;

    HeadDeadline(long withinMillis) {
        this.withinMillis = withinMillis;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        hasDecoded = false;
        boolean isFirstOver = decoder == null && message instanceof ByteBuf bytes && first.isOver(bytes);
        context.fireChannelRead(message);
        if (context.isRemoved()) {
            return;
        }
        if (isFirstOver) {
            stop();
            follow(context);
        } else if (decoder != null && decoder.isRemoved()) {
            // It speaks something else now, as a WebSocket does.
            context.pipeline().remove(this);
        } else if (isBetweenRequests && !hasDecoded) {
            start(context);
        }
    }

    private void follow(ChannelHandlerContext context) {
        decoder = context.pipeline().context(HttpRequestDecoder.class);
        if (decoder == null) {
            context.pipeline().remove(this);
        } else {
            context.pipeline().addAfter(decoder.name(), null, new Decoded());
        }
    }

    /** Sees what the decoder has made of the bytes. */
    private final class Decoded extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest || message instanceof HttpContent) {
                hasDecoded = true;
                isBetweenRequests = message instanceof LastHttpContent;
                stop();
            }
            context.fireChannelRead(message);
        }
    }

    private void start(ChannelHandlerContext context) {
        if (deadline == null) {
            deadline = context.executor().schedule(() -> cut(context), withinMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** A server of another protocol has no heads. */
    private void cut(ChannelHandlerContext context) {
        boolean isHttp = context.pipeline().toMap().values().stream()
                .map(handler -> handler.getClass().getName())
                .anyMatch(name ->
                        name.startsWith("io.vertx.core.http.") || name.startsWith("io.netty.handler.codec.http."));
        if (isHttp) {
            LOG.debugf(
                    "%s: a request that does not come to its end",
                    context.channel().remoteAddress());
            context.close();
        } else {
            context.pipeline().remove(this);
        }
    }

    private void stop() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }
}
