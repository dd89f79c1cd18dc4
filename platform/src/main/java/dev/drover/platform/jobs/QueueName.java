package dev.drover.platform.jobs;

/** The name of a queue: a lower-case letter, then up to 31 of a-z 0-9 and hyphen. */
public record QueueName(String value) {

    public static final String PATTERN = "[a-z][a-z0-9-]{0,31}";

    public QueueName {
        if (!value.matches(PATTERN)) {
            throw new IllegalArgumentException("a queue's name matches " + PATTERN + ": " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
