package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.realtime.delivery.Frame;

class EncodedTest {

    private static final int FRAME_MAX = 100_000;

    private final Encoded encoded = new Encoded();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
    void aReaderFindsTheTextWhateverItsLength(int length) {
        String text = "x".repeat(length);
        EmbeddedChannel reader = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, FRAME_MAX));
        reader.writeInbound(write(Frame.of(text)));
        TextWebSocketFrame frame = reader.readInbound();
        assertThat(frame.text()).isEqualTo(text);
        assertThat(frame.isFinalFragment()).isTrue();
        frame.release();
        assertThat(reader.finish()).isFalse();
    }

    @Test
    void whatIsForManySocketsIsInMemoryOnceUntilTheLastHasSentIt() {
        Frame frame = Frame.of("m");
        ByteBuf first = write(frame);
        ByteBuf second = write(frame);
        assertThat(second.memoryAddress()).isEqualTo(first.memoryAddress());
        first.skipBytes(first.readableBytes());
        assertThat(second.readableBytes()).isEqualTo(3);
        encoded.forget();
        first.release();
        assertThat(second.refCnt()).isOne();
        second.release();
        assertThat(second.refCnt()).isZero();
    }

    @Test
    void anotherFrameTakesItsPlace() {
        ByteBuf first = write(Frame.of("a"));
        ByteBuf second = write(Frame.of("b"));
        assertThat(first.getByte(2)).isEqualTo((byte) 'a');
        assertThat(second.getByte(2)).isEqualTo((byte) 'b');
        first.release();
        assertThat(first.refCnt()).isZero();
        second.release();
        encoded.forget();
        assertThat(second.refCnt()).isZero();
    }

    private ByteBuf write(Frame frame) {
        return encoded.of(frame, UnpooledByteBufAllocator.DEFAULT);
    }
}
