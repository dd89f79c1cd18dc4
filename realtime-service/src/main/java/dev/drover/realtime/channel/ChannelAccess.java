package dev.drover.realtime.channel;

import dev.drover.platform.channels.ChannelName;

/**
 * Who may do what, by the channel's name. A name is a list of segments between colons, and segments are compared whole, so
 * {@code user:usr_1:x} says nothing about {@code user:usr_10:x}:
 *
 * <ul>
 *   <li>{@code user:<sub>:…} – only that account; {@code user:<sub>:events} is written by the platform alone
 *   <li>{@code public:…} and {@code room:…} – every account reads and publishes (rooms will ask for membership)
 *   <li>anything else – nobody
 * </ul>
 */
public final class ChannelAccess {

    private static final int USER_SEGMENTS_MIN = 3;

    private ChannelAccess() {}

    public enum Verb {
        READ,
        PUBLISH
    }

    public static boolean isAllowed(Verb verb, ChannelName channel, String sub) {
        String[] segments = channel.value().split(":", -1);
        for (String segment : segments) {
            if (segment.isEmpty()) {
                return false;
            }
        }
        return switch (segments[0]) {
            case "user" ->
                segments.length >= USER_SEGMENTS_MIN
                        && segments[1].equals(sub)
                        && (verb == Verb.READ || !isPlatforms(segments));
            case "public", "room" -> segments.length >= 2;
            default -> false;
        };
    }

    private static boolean isPlatforms(String[] segments) {
        return segments[2].equals("events");
    }
}
