package dev.drover.realtime.socket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket written by hand, for frames no client library would send. */
final class RawSocket implements AutoCloseable {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int PING = 0x9;
    static final int PONG = 0xA;
    static final int CLOSE = 0x8;
    static final int FINAL = 0x80;

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final DataInputStream in;

    private RawSocket(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** A connection on which nothing was said yet. */
    static RawSocket connect(int port) throws IOException {
        return new RawSocket(port);
    }

    static RawSocket open(int port, String authorization) throws IOException {
        RawSocket raw = asked(port, authorization);
        try {
            raw.awaitUpgrade();
        } catch (IOException e) {
            raw.close();
            throw e;
        }
        return raw;
    }

    /** One that does not wait for the answer to its handshake. */
    static RawSocket asked(int port, String authorization) throws IOException {
        RawSocket raw = new RawSocket(port);
        raw.bytes(upgrade("Authorization: " + authorization + "\r\n"));
        return raw;
    }

    private void awaitUpgrade() throws IOException {
        String head = head();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("no upgrade: " + head);
        }
    }

    /** Of the answer to the handshake. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** @param headers more lines of the upgrade's head, each with its end */
    static byte[] upgrade(String headers) {
        return ("GET /realtime HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static String handshake(int port, String headers) throws IOException {
        return exchange(port, new String(upgrade(headers), StandardCharsets.US_ASCII));
    }

    /** The answer's head, and as much of the body as came with it. */
    static String exchange(int port, String request) throws IOException {
        try (RawSocket raw = new RawSocket(port)) {
            raw.bytes(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[4_096];
            while (!isComplete(answer)) {
                int read = raw.in.read(buffer);
                if (read < 0) {
                    break;
                }
                answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }

    private static boolean isComplete(StringBuilder answer) {
        int end = answer.indexOf("\r\n\r\n");
        return end >= 0 && (answer.indexOf("101") == 9 || answer.length() > end + 4);
    }

    /** Ends the connection at once, whatever is on its way. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void bytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** @param first the opcode, and {@link #FINAL} or what else the first byte should have */
    RawSocket frame(int first, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(header(first, payload.length, MASKED));
        frame.write(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i % MASK.length]);
        }
        bytes(frame.toByteArray());
        return this;
    }

    RawSocket frame(int first, String payload) throws IOException {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] header(int first, int length, int mask) {
        if (length < 126) {
            return new byte[] {(byte) first, (byte) (mask | length)};
        }
        if (length < 1 << 16) {
            return ByteBuffer.allocate(4)
                    .put((byte) first)
                    .put((byte) (mask | 126))
                    .putShort((short) length)
                    .array();
        }
        return ByteBuffer.allocate(10)
                .put((byte) first)
                .put((byte) (mask | 127))
                .putLong(length)
                .array();
    }

    /** The next text frame of the server. */
    String text() throws IOException {
        Received next = receive();
        if (next.opcode() != TEXT) {
            throw new IOException("no text: " + next);
        }
        return new String(next.payload(), StandardCharsets.UTF_8);
    }

    /** What it was closed with; 1006 when the connection just ended. What came before is skipped. */
    int closeCode() throws IOException {
        List<Received> skipped = new ArrayList<>();
        try {
            while (true) {
                Received next = receive();
                if (next.opcode() == CLOSE) {
                    return next.payload().length < 2
                            ? 1005
                            : ByteBuffer.wrap(next.payload()).getShort() & 0xFFFF;
                }
                skipped.add(next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("not closed, after " + skipped, e);
        } catch (IOException e) {
            return 1006;
        }
    }

    private Received receive() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        return new Received(first & 0xF, in.readNBytes((int) length));
    }

    boolean hasEnded() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private record Received(int opcode, byte[] payload) {

        @Override
        public String toString() {
            return opcode + " " + new String(payload, StandardCharsets.UTF_8);
        }
    }
}
