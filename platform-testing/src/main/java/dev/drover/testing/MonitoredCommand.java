package dev.drover.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.RequestImpl;

/**
 * A command as {@code MONITOR} tells of it: {@code 1700000000.123456 [0 lua] "HGET" "key" "field"}, with {@code lua} in place of a client's
 * address when a script called it.
 */
record MonitoredCommand(boolean byScript, String name, List<String> args) {

    private static final String BY_SCRIPT = " lua]";

    /** Empty for lines that tell of no command. */
    static Optional<MonitoredCommand> parse(String line) {
        int sourceEnd = line.indexOf(']');
        int start = line.indexOf('"');
        if (sourceEnd < 0 || start < sourceEnd) {
            return Optional.empty();
        }
        List<String> words = words(line.substring(start));
        return Optional.of(new MonitoredCommand(
                line.substring(0, sourceEnd + 1).endsWith(BY_SCRIPT),
                words.getFirst().toUpperCase(Locale.ROOT),
                words.subList(1, words.size())));
    }

    /** The keys among the arguments, by the client's own knowledge of the commands. */
    List<String> keys() {
        Request request = Request.cmd(Command.create(name));
        args.forEach(request::arg);
        return ((RequestImpl) request)
                .keys().stream()
                        .map(key -> new String(key, StandardCharsets.ISO_8859_1))
                        .toList();
    }

    /** Words in quotes; what is not printable is escaped, byte by byte. Bytes come out as the characters of the same numbers. */
    private static List<String> words(String quoted) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '"') {
                if (inside) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inside = !inside;
            } else if (c == '\\') {
                i++;
                char escaped = quoted.charAt(i);
                if (escaped == 'x') {
                    word.append((char) Integer.parseInt(quoted, i + 1, i + 3, 16));
                    i += 2;
                } else {
                    word.append(unescaped(escaped));
                }
            } else if (inside) {
                word.append(c);
            }
        }
        return words;
    }

    private static char unescaped(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            default -> escaped;
        };
    }
}
