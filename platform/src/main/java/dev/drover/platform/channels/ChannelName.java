package dev.drover.platform.channels;

/**
 * The name of a channel: 1 to 200 of letters, digits and {@code : _ - .} in ASCII, so that no two names look alike, none can leave its
 * hash tag, and a permission pattern means what it says.
 */
public record ChannelName(String value) {

    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9:_.-]{0,199}";

    public ChannelName {
        if (!value.matches(PATTERN)) {
            throw new IllegalArgumentException("a channel's name matches " + PATTERN);
        }
    }

    /** Where the platform tells an account what happened to what is theirs. */
    public static ChannelName eventsOf(String sub) {
        return new ChannelName("user:" + sub + ":events");
    }

    @Override
    public String toString() {
        return value;
    }
}
