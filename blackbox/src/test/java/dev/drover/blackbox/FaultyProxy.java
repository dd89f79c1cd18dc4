package dev.drover.blackbox;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands before a suite and breaks a promise of it: HTTP/1.1 requests one by one, and WebSockets frame by frame. */
final class FaultyProxy implements AutoCloseable {
    private static final Set<String> OF_THE_HOP = Set.of(
            "host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings", "keep-alive");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServerSocket server;
    private final URI suite;
    private final Fault fault;

    FaultyProxy(URI suite, Fault fault) {
        this.suite = suite;
        this.fault = fault;
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** What it does otherwise than it should. */
    interface Fault {
        /** Where the request goes. */
        default URI target(Request request, URI suite) {
            return suite;
        }

        default boolean passesOn(Request request, String header) {
            return true;
        }

        /** The answer when the suite is not asked at all. */
        default Optional<Answer> instead(Request request) {
            return Optional.empty();
        }

        default boolean drops(String frame) {
            return false;
        }
    }

    record Request(String method, String path, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    record Answer(int status, Map<String, List<String>> headers, byte[] body) {}

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.shutdownNow();
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
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            for (Optional<Request> next = read(in); next.isPresent(); next = read(in)) {
                Request request = next.get();
                if (request.header("upgrade").equalsIgnoreCase("websocket")) {
                    tunnel(request, in, out);
                    return;
                }
                Optional<Answer> instead = fault.instead(request);
                write(instead.isPresent() ? instead.get() : pass(request), out);
            }
        } catch (IOException e) {
            // Either end has gone; the client asks again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.add(line);
        }
        if (head.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String[] first = head.getFirst().split(" ");
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return Optional.of(new Request(first[0], first[1], headers, body));
    }

    /** Empty at the end of the head, and at that of the connection. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    private Answer pass(Request request) throws IOException, InterruptedException {
        HttpRequest.Builder passed = HttpRequest.newBuilder(
                        fault.target(request, suite).resolve(request.path()))
                .method(
                        request.method(),
                        request.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, value) -> {
            if (!OF_THE_HOP.contains(name) && fault.passesOn(request, name)) {
                passed.header(name, value);
            }
        });
        HttpResponse<byte[]> answer = http.send(passed.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
    }

    private static void write(Answer answer, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " It\r\n");
        answer.headers().forEach((name, values) -> {
            if (!OF_THE_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n"));
            }
        });
        if (answer.status() != 204 && answer.status() != 304) {
            head.append("Content-Length: ").append(answer.body().length).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(answer.body());
        out.flush();
    }

    private void tunnel(Request request, InputStream in, OutputStream out) throws IOException {
        try (Socket upstream = new Socket(suite.getHost(), suite.getPort())) {
            StringBuilder head = new StringBuilder("GET " + request.path() + " HTTP/1.1\r\n");
            request.headers()
                    .forEach((name, value) ->
                            head.append(name).append(": ").append(value).append("\r\n"));
            OutputStream up = upstream.getOutputStream();
            up.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            up.flush();
            Thread.ofVirtual().start(() -> {
                try (upstream) {
                    in.transferTo(up);
                } catch (IOException e) {
                    // The other end has closed, and its reader sees that.
                }
            });
            InputStream down = new BufferedInputStream(upstream.getInputStream());
            for (String line = line(down); !line.isEmpty(); line = line(down)) {
                out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            while (passFrame(down, out)) {
                out.flush();
            }
        }
    }

    /** From the suite, so without a mask. @return false at the end */
    private boolean passFrame(InputStream down, OutputStream out) throws IOException {
        byte[] start = down.readNBytes(2);
        if (start.length < 2) {
            return false;
        }
        int length = start[1] & 0x7f;
        byte[] extended = down.readNBytes(length == 126 ? 2 : length == 127 ? 8 : 0);
        long size = length;
        if (extended.length > 0) {
            size = 0;
            for (byte each : extended) {
                size = size << 8 | each & 0xff;
            }
        }
        byte[] content = down.readNBytes(Math.toIntExact(size));
        if (content.length < size) {
            throw new EOFException();
        }
        boolean text = (start[0] & 0x0f) == 1;
        if (!text || !fault.drops(new String(content, StandardCharsets.UTF_8))) {
            out.write(start);
            out.write(extended);
            out.write(content);
        }
        return true;
    }
}
