package dev.drover.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a service and its Redis and passes everything on. While somebody records, it holds the answers back until the service sends
 * no more commands, then lets all of them go: each such wave is one wait, however many commands were in flight.
 */
final class RedisRelay implements AutoCloseable {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final URI store;
    private final ServerSocket services;
    private final ServerSocket recorders;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RoundTripRecorder recorder = new RoundTripRecorder();

    RedisRelay(URI store) {
        this.store = store;
        try {
            services = new ServerSocket(0, 128, HERE);
            recorders = new ServerSocket(0, 1, HERE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.submit(() -> accept(services, this::relay));
        threads.submit(() -> accept(recorders, recorder::record));
    }

    String url() {
        return "redis://127.0.0.1:" + services.getLocalPort();
    }

    /** Where a test records: see {@link RoundTrips}. */
    int recorderPort() {
        return recorders.getLocalPort();
    }

    private void accept(ServerSocket server, SocketTask task) {
        while (!server.isClosed()) {
            try {
                Socket accepted = server.accept();
                threads.submit(() -> run(task, accepted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void run(SocketTask task, Socket socket) {
        try (socket) {
            task.run(socket);
        } catch (IOException e) {
            // One side is gone; the other is told by its socket being closed.
        }
    }

    private void relay(Socket client) throws IOException {
        try (Socket server = new Socket(store.getHost(), store.getPort())) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            AtomicLong held = new AtomicLong(RoundTripRecorder.NO_WAVE);
            threads.submit(() -> {
                run(ignored -> passAnswers(server.getInputStream(), client.getOutputStream(), held), client);
                return null;
            });
            passCommands(
                    new DataInputStream(new BufferedInputStream(client.getInputStream())),
                    server.getOutputStream(),
                    held);
        }
    }

    private void passAnswers(InputStream from, OutputStream to, AtomicLong held) throws IOException {
        byte[] chunk = new byte[16 * 1024];
        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
            recorder.holdAnswers(held.get());
            to.write(chunk, 0, read);
        }
    }

    private void passCommands(DataInputStream from, OutputStream to, AtomicLong held) throws IOException {
        for (byte[] command = command(from); command.length > 0; command = command(from)) {
            long wave = recorder.sent(new String(command, StandardCharsets.ISO_8859_1));
            // What the instance asks on its own on the same connection lets no answer go that stands before it.
            if (wave != RoundTripRecorder.NO_WAVE) {
                held.set(wave);
            }
            to.write(command);
        }
    }

    /** One command as it is on the wire: an array of bulk strings. Empty at the end. */
    private static byte[] command(DataInputStream from) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        int parts = number(from, raw);
        for (int i = 0; i < parts; i++) {
            int length = number(from, raw);
            raw.write(from.readNBytes(length + 2));
        }
        return raw.toByteArray();
    }

    private static int number(DataInputStream from, ByteArrayOutputStream raw) throws IOException {
        StringBuilder digits = new StringBuilder();
        for (int next = from.read(); next >= 0; next = from.read()) {
            raw.write(next);
            if (next == '\n') {
                return Integer.parseInt(digits.substring(1).strip());
            }
            digits.append((char) next);
        }
        return 0;
    }

    @Override
    public void close() {
        try {
            services.close();
            recorders.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    private interface SocketTask {
        void run(Socket socket) throws IOException;
    }
}
