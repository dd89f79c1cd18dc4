package dev.drover.realtime.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

import dev.drover.realtime.delivery.Frame;

/**
 * The frame that one event loop is sending, as RFC 6455 has it on the wire: what is for many sockets is put there once, and every socket writes the
 * same memory. Only on the thread of the loop.
 */
final class Encoded {

    private static final int FINAL_TEXT = 0x81;
    private static final int IN_ONE_BYTE = 125;
    private static final int IN_TWO_BYTES = 0xFFFF;
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;
    private static final int HEADER_MAX = 10;

    private Frame frame;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    /** For one writing, which releases it. */
    ByteBuf of(Frame next, ByteBufAllocator memory) {
        // The same object, not an equal one: comparing the bytes would cost what this saves.
        if (next != frame) {
            forget();
            bytes = encode(next, memory);
            frame = next;
        }
        return bytes.retainedDuplicate();
    }

    /** The memory is free when the last socket has sent it. */
    void forget() {
        frame = null;
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
    }

    private static ByteBuf encode(Frame frame, ByteBufAllocator memory) {
        int length = frame.bytes();
        ByteBuf bytes = memory.directBuffer(HEADER_MAX + length).writeByte(FINAL_TEXT);
        if (length <= IN_ONE_BYTE) {
            bytes.writeByte(length);
        } else if (length <= IN_TWO_BYTES) {
            bytes.writeByte(TWO_BYTES_FOLLOW).writeShort(length);
        } else {
            bytes.writeByte(EIGHT_BYTES_FOLLOW).writeLong(length);
        }
        return bytes.writeBytes(frame.payload());
    }
}
