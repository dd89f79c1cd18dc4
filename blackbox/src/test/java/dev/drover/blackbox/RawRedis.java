package dev.drover.blackbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says to Redis what no API of the suite would: the least of RESP that takes. */
final class RawRedis implements AutoCloseable {

    private final Socket socket;
    private final InputStream answers;

    RawRedis(String url) {
        URI address = URI.create(url);
        try {
            socket = new Socket(address.getHost(), address.getPort());
            answers = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A string, a number, a list of these, or null. */
    Object send(String... command) {
        StringBuilder text = new StringBuilder("*" + command.length + "\r\n");
        for (String part : command) {
            text.append('$')
                    .append(part.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        try {
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> keys(String pattern) {
        Set<String> keys = new HashSet<>();
        ((List<?>) send("KEYS", pattern)).forEach(key -> keys.add(key.toString()));
        return keys;
    }

    /** Every key there is with all it holds, as text. */
    List<String> everything() {
        List<String> all = new ArrayList<>();
        String cursor = "0";
        do {
            List<?> page = (List<?>) send("SCAN", cursor, "COUNT", "1000");
            cursor = page.get(0).toString();
            for (Object key : (List<?>) page.get(1)) {
                all.add(key + " = " + content(key.toString()));
            }
        } while (!cursor.equals("0"));
        return all;
    }

    private Object content(String key) {
        return switch (send("TYPE", key).toString()) {
            case "string" -> send("GET", key);
            case "hash" -> send("HGETALL", key);
            case "list" -> send("LRANGE", key, "0", "-1");
            case "set" -> send("SMEMBERS", key);
            case "zset" -> send("ZRANGE", key, "0", "-1");
            case "stream" -> send("XRANGE", key, "-", "+");
            default -> "";
        };
    }

    private Object answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case ':' -> Long.parseLong(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> throw new IllegalStateException(line);
        };
    }

    private Object bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = answers.readNBytes(length);
        answers.readNBytes(2);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Object list(int size) throws IOException {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(answer());
        }
        return list;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\r'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("Redis ended the connection");
            }
            line.append((char) next);
        }
        answers.read();
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
