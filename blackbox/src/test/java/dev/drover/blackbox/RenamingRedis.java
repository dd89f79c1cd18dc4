package dev.drover.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A Redis that knows some keys by another name, of the same length: whoever uses it has those to themselves, as if they were in its own
 * memory, and shares all others.
 */
final class RenamingRedis implements AutoCloseable {
    private static final int BUFFER_BYTES = 8192;

    private final URI redis;
    private final byte[] from;
    private final byte[] to;
    private final ServerSocket server;

    RenamingRedis(String redisUrl, String from, String to) {
        if (from.length() != to.length()) {
            throw new IllegalArgumentException(from + " and " + to + " differ in length, which stands before them");
        }
        this.redis = URI.create(redisUrl);
        this.from = from.getBytes(StandardCharsets.UTF_8);
        this.to = to.getBytes(StandardCharsets.UTF_8);
        try {
            this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // it was closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket store = new Socket(redis.getHost(), redis.getPort())) {
            Thread.ofVirtual().start(() -> {
                try (client) {
                    store.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException e) {
                    // Either end has gone, and the other follows.
                }
            });
            rename(client.getInputStream(), store.getOutputStream());
        } catch (IOException e) {
            // Either end has gone, and the other follows.
        }
    }

    /** A name may come in two pieces: what may be the beginning of one waits for the rest. */
    private void rename(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int held = 0;
        for (int read = in.read(buffer, held, buffer.length - held);
                read >= 0;
                read = in.read(buffer, held, buffer.length - held)) {
            int length = held + read;
            for (int at = 0; at + from.length <= length; at++) {
                if (Arrays.equals(buffer, at, at + from.length, from, 0, from.length)) {
                    System.arraycopy(to, 0, buffer, at, to.length);
                }
            }
            held = beginning(buffer, length);
            out.write(buffer, 0, length - held);
            out.flush();
            System.arraycopy(buffer, length - held, buffer, 0, held);
        }
    }

    /** @return how many of the last bytes are the first of a name */
    private int beginning(byte[] buffer, int length) {
        for (int bytes = Math.min(from.length - 1, length); bytes > 0; bytes--) {
            if (Arrays.equals(buffer, length - bytes, length, from, 0, bytes)) {
                return bytes;
            }
        }
        return 0;
    }
}
