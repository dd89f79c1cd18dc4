package dev.drover.realtime.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A text frame as it goes over the wire: encoded once, however many sockets it is for. */
public final class Frame {

    private final byte[] utf8;

    private Frame(byte[] utf8) {
        this.utf8 = utf8;
    }

    public static Frame of(String text) {
        return new Frame(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Its length in UTF-8. */
    public int bytes() {
        return utf8.length;
    }

    /** For one writing; the bytes are those of all others, so nobody may change them. */
    public ByteBuf payload() {
        return Unpooled.wrappedBuffer(utf8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame frame && Arrays.equals(utf8, frame.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    /** Its text. */
    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
