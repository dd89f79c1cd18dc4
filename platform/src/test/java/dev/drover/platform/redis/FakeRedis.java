package dev.drover.platform.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks enough of Redis's protocol to be connected to, and gives every command the one answer it was told to. */
final class FakeRedis implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger commands = new AtomicInteger();
    private volatile String answer = "+OK\r\n";

    FakeRedis() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    void answers(String raw) {
        answer = raw;
    }

    /** Commands it got, the handshake of connections left out. */
    int commands() {
        return commands.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            String command;
            while ((command = read(in)) != null) {
                client.getOutputStream().write(answerTo(command).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private String answerTo(String command) {
        return switch (command) {
            case "HELLO" -> "-ERR unknown command 'HELLO'\r\n";
            case "PING" -> "+PONG\r\n";
            default -> {
                commands.incrementAndGet();
                yield answer;
            }
        };
    }

    /** A command's name; its arguments are skipped. Null at the end. */
    private static String read(BufferedReader in) throws IOException {
        String header = in.readLine();
        if (header == null) {
            return null;
        }
        String name = "";
        int parts = Integer.parseInt(header.substring(1));
        for (int i = 0; i < parts; i++) {
            in.readLine();
            String part = in.readLine();
            name = i == 0 ? part.toUpperCase(Locale.ROOT) : name;
        }
        return name;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
