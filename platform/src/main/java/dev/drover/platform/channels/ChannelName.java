package dev.drover.platform.channels;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a channel: 1 to 200 of letters, digits and {@code : _ - .} in ASCII, so that no two names look alike, none can leave its
 * hash tag, and a permission pattern means what it says.
 */
public record ChannelName(String value) {

    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9:_.-]{0,199}";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private static final String PRESENCE = "presence:";
    private static final int CHARS_MAX = 200;

    public ChannelName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a channel's name matches " + PATTERN);
        }
    }

    /** Where the platform tells an account what happened to what is theirs. */
    public static ChannelName eventsOf(String sub) {
        return new ChannelName("user:" + sub + ":events");
    }

    /** Where it is told who came to this channel and who went. */
    public ChannelName presence() {
        if (!hasPresence()) {
            throw new IllegalArgumentException("a channel with presence has a name of at most "
                    + (CHARS_MAX - PRESENCE.length()) + " characters and is not itself one of presence");
        }
        return new ChannelName(PRESENCE + value);
    }

    public boolean hasPresence() {
        return value.length() <= CHARS_MAX - PRESENCE.length() && !value.startsWith(PRESENCE);
    }

    /** The channel whose presence this one tells of, if it is such a one. */
    public Optional<ChannelName> presenceOf() {
        String base = value.startsWith(PRESENCE) ? value.substring(PRESENCE.length()) : "";
        return FORM.matcher(base).matches() && !base.startsWith(PRESENCE)
                ? Optional.of(new ChannelName(base))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
