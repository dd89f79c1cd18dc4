package dev.drover.platform.http;

import io.netty.buffer.ByteBuf;

import dev.drover.platform.stateless.ProcessLocal;

/** Looks in the bytes of a new connection for the blank line that ends the first request's head. */
@ProcessLocal(because = "how far one connection's first head is")
final class FirstHead {

    private static final int TLS_HANDSHAKE = 0x16;

    private boolean hasBegun;
    private int newlines;

    /** What begins as TLS is not looked into: its handshake has a time-out of its own. */
    boolean isOver(ByteBuf bytes) {
        for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
            byte next = bytes.getByte(i);
            if (!hasBegun && next == TLS_HANDSHAKE) {
                return true;
            }
            if (next != '\n' && next != '\r') {
                hasBegun = true;
                newlines = 0;
            } else if (hasBegun && next == '\n') {
                // Blank lines before the request do not count.
                newlines++;
            }
            if (newlines == 2) {
                return true;
            }
        }
        return false;
    }
}
