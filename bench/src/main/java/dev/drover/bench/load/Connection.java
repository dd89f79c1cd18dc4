package dev.drover.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One kept connection, one request at a time. Knows of HTTP/1.1 what the answers of the services and the peer need, so that it costs little. */
public final class Connection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final String authority;
    private byte[] buffer = new byte[16 << 10];
    private int end;
    private int bodyAt;
    private int bodyLength;

    public Connection(URI base) throws IOException {
        authority = base.getAuthority();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = socket.getInputStream();
    }

    public int send(HttpCall call, long number) throws IOException {
        return exchange(call.bytes(authority, number));
    }

    byte[] prepare(HttpCall call, long number) {
        return call.bytes(authority, number);
    }

    /** @return the status */
    int exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        end = 0;
        int headEnd = readHead();
        String head = new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1);
        int status = Integer.parseInt(head.substring(9, 12));
        String folded = head.toLowerCase(Locale.ROOT);
        bodyAt = headEnd;
        int length = folded.indexOf("content-length:");
        if (length >= 0) {
            bodyLength = Integer.parseInt(
                    folded.substring(length + 15, folded.indexOf('\r', length)).strip());
            fill(headEnd + bodyLength);
        } else if (folded.contains("transfer-encoding: chunked")) {
            readChunks(headEnd);
        } else {
            bodyLength = 0;
        }
        return status;
    }

    /** Of the last answer. */
    public String body() {
        return new String(buffer, bodyAt, bodyLength, StandardCharsets.UTF_8);
    }

    private int readHead() throws IOException {
        int seen = 0;
        while (true) {
            more();
            for (int i = Math.max(3, seen); i < end; i++) {
                if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                    return i + 1;
                }
            }
            seen = end;
        }
    }

    /** Leaves the chunks' contents behind each other where the body begins. */
    private void readChunks(int from) throws IOException {
        int read = from;
        int write = from;
        while (true) {
            int line = read;
            while (true) {
                fill(line + 1);
                if (buffer[line++] == '\n') {
                    break;
                }
            }
            int size = Integer.parseInt(
                    new String(buffer, read, line - 2 - read, StandardCharsets.US_ASCII).split(";", 2)[0].strip(), 16);
            fill(line + size + 2);
            System.arraycopy(buffer, line, buffer, write, size);
            write += size;
            read = line + size + 2;
            if (size == 0) {
                bodyLength = write - from;
                return;
            }
        }
    }

    private void fill(int until) throws IOException {
        while (end < until) {
            more();
        }
    }

    private void more() throws IOException {
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int got = in.read(buffer, end, buffer.length - end);
        if (got < 0) {
            throw new EOFException("the server closed the connection");
        }
        end += got;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
