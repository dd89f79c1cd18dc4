package dev.drover.blackbox;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** HTTP/1.1 and WebSocket frames as a proxy has them on its two connections. */
final class ProxyWire {
    private static final Set<String> OF_THE_HOP = Set.of(
            "host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings", "keep-alive");
    private static final int TEXT = 1;

    private ProxyWire() {}

    record Request(String method, String path, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        boolean is(String method, String pattern) {
            return this.method.equals(method) && path.matches(pattern);
        }

        Request without(String name) {
            Map<String, String> fewer = new LinkedHashMap<>(headers);
            fewer.remove(name.toLowerCase(Locale.ROOT));
            return new Request(method, path, fewer, body);
        }

        Request at(String path) {
            return new Request(method, path, headers, body);
        }
    }

    record Answer(int status, Map<String, List<String>> headers, byte[] body) {
        static Answer json(int status, byte[] body) {
            return new Answer(
                    status,
                    Map.of("Content-Type", List.of("application/json"), "X-Served-By", List.of("nobody")),
                    body);
        }

        Answer with(String name, String value) {
            Map<String, List<String>> more = new LinkedHashMap<>(headers);
            more.put(name, List.of(value));
            return new Answer(status, more, body);
        }
    }

    static boolean isOfTheHop(String header) {
        return OF_THE_HOP.contains(header.toLowerCase(Locale.ROOT));
    }

    /** Empty at the end of the connection. */
    static Optional<Request> read(InputStream in) throws IOException {
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

    /** The head of an upgrade, as it came. */
    static void write(Request request, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder("GET " + request.path() + " HTTP/1.1\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    static void write(Answer answer, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " It\r\n");
        answer.headers().forEach((name, values) -> {
            if (!isOfTheHop(name)) {
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

    static void passHead(InputStream down, OutputStream out) throws IOException {
        for (String line = line(down); !line.isEmpty(); line = line(down)) {
            out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** From the suite, so without a mask. @return false at the end */
    static boolean passFrame(InputStream down, OutputStream out, FaultyProxy.Frames frames) throws IOException {
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
        FaultyProxy.Passing passing = (start[0] & 0x0f) == TEXT
                ? frames.take(new String(content, StandardCharsets.UTF_8))
                : FaultyProxy.Passing.ON;
        if (passing == FaultyProxy.Passing.ON) {
            out.write(start);
            out.write(extended);
            out.write(content);
        }
        return passing != FaultyProxy.Passing.CUT;
    }
}
