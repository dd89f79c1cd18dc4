package dev.drover.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;

/** One HTTP/1.1 exchange written by hand, for what no client library would send, and to see what really is on the wire. */
final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]{1,8})");

    private static final Pattern EVENTS = Pattern.compile("(?i)\r\ncontent-type: *text/event-stream");

    private final Socket socket;

    RawHttp() {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param lines of the head, the first with the method; a Host and the end of the connection are added */
    static byte[] head(List<String> lines) {
        List<String> all = new ArrayList<>(lines);
        all.add(1, "Host: localhost");
        all.add(2, "Connection: close");
        return (String.join("\r\n", all) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    static Answer send(List<String> head, byte[] body) {
        try (RawHttp exchange = new RawHttp()) {
            return exchange.write(head(head)).write(body).answer();
        }
    }

    static Answer send(String... head) {
        return send(List.of(head), new byte[0]);
    }

    /** What is not taken any more is no failure: the answer may have come before. */
    RawHttp write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The answer, or that there is none, tells what happened.
        }
        return this;
    }

    /** What has arrived by the end of a head: an interim answer, when it is one. */
    String awaitHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /**
     * All that comes until the connection ends, or the answer is as long as it says, or it is a stream of events and the first has come: what is
     * refused unread may take a moment longer.
     */
    Answer answer() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] next = new byte[16 * 1024];
        try {
            int read = 0;
            while (read >= 0 && !isWhole(all)) {
                read = socket.getInputStream().read(next);
                all.write(next, 0, Math.max(0, read));
            }
        } catch (IOException e) {
            if (all.size() == 0) {
                throw new UncheckedIOException(e);
            }
        }
        return Answer.parse(all.toByteArray());
    }

    private static boolean isWhole(ByteArrayOutputStream answer) {
        String text = answer.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String head = end < 0 ? "" : text.substring(0, end);
        if (EVENTS.matcher(head).find()) {
            return text.indexOf("\n\n", end + 4) >= 0;
        }
        Matcher length = LENGTH.matcher(head);
        return length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param fields by lower-case name */
    record Answer(int status, Map<String, String> fields, String body) {

        Optional<String> field(String name) {
            return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + body, e);
            }
        }

        private static Answer parse(byte[] all) {
            String text = new String(all, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0 || !text.startsWith("HTTP/1.")) {
                throw new AssertionError("no answer: " + text);
            }
            String[] lines = text.substring(0, end).split("\r\n");
            Map<String, String> fields = new TreeMap<>();
            for (int i = 1; i < lines.length; i++) {
                String[] field = lines[i].split(":", 2);
                fields.merge(field[0].toLowerCase(Locale.ROOT), field[1].strip(), (a, b) -> a + ", " + b);
            }
            byte[] rest = Arrays.copyOfRange(all, end + 4, all.length);
            byte[] body = "chunked".equals(fields.get("transfer-encoding")) ? unchunked(rest) : rest;
            return new Answer(
                    Integer.parseInt(lines[0].substring(9, 12)), fields, new String(body, StandardCharsets.UTF_8));
        }

        private static byte[] unchunked(byte[] chunks) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            ByteArrayInputStream from = new ByteArrayInputStream(chunks);
            while (true) {
                StringBuilder size = new StringBuilder();
                for (int c = from.read(); c >= 0 && c != '\n'; c = from.read()) {
                    size.append((char) c);
                }
                String digits = size.toString().strip();
                if (digits.isEmpty() || digits.equals("0")) {
                    return body.toByteArray();
                }
                byte[] chunk = new byte[Integer.parseInt(digits, 16)];
                body.write(chunk, 0, Math.max(0, from.read(chunk, 0, chunk.length)));
                from.skip(2);
            }
        }
    }
}
