package dev.drover.platform.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hops a request says it has passed, the nearest last, in the words of RFC 7239 or of {@code X-Forwarded-For}. */
final class ForwardedHops {

    private static final Pattern NODE = Pattern.compile(
            "\\[(?<six>[0-9A-Fa-f:.]+)](:\\d{1,5})?|(?<four>[0-9.]+)(:\\d{1,5})?|(?<bare>[0-9A-Fa-f:.]+)");

    private ForwardedHops() {}

    /** What a hop is called: an address, or nothing where it is unknown, hidden or misspelt. */
    static List<Optional<byte[]>> ofForwardedFor(List<String> lines) {
        List<Optional<byte[]>> hops = new ArrayList<>();
        for (String line : lines) {
            for (String node : line.split(",", -1)) {
                hops.add(address(node.strip()));
            }
        }
        return hops;
    }

    static List<Optional<byte[]>> ofForwarded(List<String> lines) {
        List<Optional<byte[]>> hops = new ArrayList<>();
        for (String line : lines) {
            for (String element : split(line, ',')) {
                hops.add(forOf(element));
            }
        }
        return hops;
    }

    private static Optional<byte[]> forOf(String element) {
        for (String pair : split(element, ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && pair.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals("for")) {
                return address(unquoted(pair.substring(equals + 1).strip()));
            }
        }
        return Optional.empty();
    }

    /** Splits outside of quoted strings. An open quote takes the rest with it, which then is no address. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Optional<byte[]> address(String node) {
        Matcher form = NODE.matcher(node);
        if (!form.matches()) {
            return Optional.empty();
        }
        String address = form.group("six") != null
                ? form.group("six")
                : form.group("four") != null ? form.group("four") : form.group("bare");
        return IpNetwork.literal(address);
    }
}
