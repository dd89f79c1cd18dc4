package dev.drover.platform.channels;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What names of channels look like: segments between colons, each a word, {@code *} (any one segment), {@code {sub}} (the asking account,
 * and nobody else) or, as the last one, {@code **} (one segment or more). Segments are compared whole, so {@code user:usr_1:*} says nothing
 * about {@code user:usr_10:x}.
 */
public record ChannelPattern(List<String> segments) {

    private static final String ANY = "*";
    private static final String REST = "**";
    private static final String CALLER = "{sub}";
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final int CHARS_MAX = 200;

    public ChannelPattern {
        segments = List.copyOf(segments);
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean isRest = segment.equals(REST) && i == segments.size() - 1;
            if (!isRest
                    && !segment.equals(ANY)
                    && !segment.equals(CALLER)
                    && !WORD.matcher(segment).matches()) {
                throw new IllegalArgumentException("no segment of a channel pattern: " + segment);
            }
        }
    }

    public static ChannelPattern parse(String text) {
        if (text.length() > CHARS_MAX) {
            throw new IllegalArgumentException("a channel pattern has at most " + CHARS_MAX + " characters");
        }
        return new ChannelPattern(List.of(text.split(":", -1)));
    }

    /** @param sub the account that asks; where nobody asks, {@code {sub}} stands for no segment */
    public boolean matches(ChannelName channel, String sub) {
        String[] name = channel.value().split(":", -1);
        boolean open = segments.getLast().equals(REST);
        if (open ? name.length < segments.size() : name.length != segments.size()) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i].isEmpty() || !matches(segments.get(Math.min(i, segments.size() - 1)), name[i], sub)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String segment, String given, String sub) {
        return switch (segment) {
            case ANY, REST -> true;
            case CALLER -> given.equals(sub);
            default -> segment.equals(given);
        };
    }

    @Override
    public String toString() {
        return String.join(":", segments);
    }
}
