package dev.drover.platform.jobs;

/** The name of a queue: a lower-case letter, then up to 31 of a-z 0-9 and hyphen. */
public record QueueName(String value) {

    public static final String PATTERN = "[a-z][a-z0-9-]{0,31}";

    /** The same for people. */
    public static final String EXPECTED = "must be 1 to 32 of a-z 0-9 - and begin with a letter";

    private static final int CHARS_MAX = 32;

    public QueueName {
        if (!isName(value)) {
            throw new IllegalArgumentException("a queue's name matches " + PATTERN + ": " + value);
        }
    }

    /** Whether it matches {@link #PATTERN}; by hand, because of a bulk there are a thousand. */
    public static boolean isName(String text) {
        if (text.isEmpty() || text.length() > CHARS_MAX || !isLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    @Override
    public String toString() {
        return value;
    }
}
