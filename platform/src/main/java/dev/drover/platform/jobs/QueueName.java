package dev.drover.platform.jobs;

import java.util.regex.Pattern;

/** The name of a queue: a lower-case letter, then up to 31 of a-z 0-9 and hyphen. */
public record QueueName(String value) {

    public static final String PATTERN = "[a-z][a-z0-9-]{0,31}";

    /** The same for people. */
    public static final String EXPECTED = "must be 1 to 32 of a-z 0-9 - and begin with a letter";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    public QueueName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a queue's name matches " + PATTERN + ": " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
