package dev.drover.bench.live;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** A WebSocket from the client's end, with what the services and the peer send; costs little, so that thousands fit into one process. */
final class Frames implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 0x8A;
    private static final int LAST_TEXT = 0x81;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();

    Frames(URI base, String path, String... headers) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), TIMEOUT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1_024));
        out = socket.getOutputStream();
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        out.write(("GET " + path + " HTTP/1.1\r\nHost: " + base.getAuthority()
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        String head = head();
        if (!head.startsWith("HTTP/1.1 101")) {
            socket.close();
            throw head.startsWith("HTTP/1.1 503") ? new Busy(head) : new IOException(head);
        }
    }

    /** The handshake was refused for now. */
    static final class Busy extends IOException {

        private static final long serialVersionUID = 1L;

        private Busy(String head) {
            super(head);
        }
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** @return the next text; null when the other end has closed */
    String next() throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 0xF;
            long length = in.readUnsignedByte();
            length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
            byte[] payload = in.readNBytes((int) length);
            switch (opcode) {
                case TEXT -> {
                    return new String(payload, StandardCharsets.UTF_8);
                }
                case PING -> write(PONG, payload);
                case CLOSE -> {
                    return null;
                }
                default -> {}
            }
        }
    }

    void send(String text) throws IOException {
        write(LAST_TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(int first, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        // A mask of zeros: the payload stands as it is.
        frame.putInt(0).put(payload);
        writing.lock();
        try {
            out.write(frame.array(), 0, frame.position());
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
