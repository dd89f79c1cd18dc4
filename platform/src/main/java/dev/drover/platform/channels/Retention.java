package dev.drover.platform.channels;

import java.time.Duration;

/**
 * How much of a channel is kept. What is beyond one of the three is dropped, the oldest first; the newest message is kept until it is too old.
 *
 * @param messages 1 to 100 000
 * @param age      1 second to 30 days
 * @param bytes    of data, 1 to 1 GiB
 */
public record Retention(int messages, Duration age, long bytes) {

    private static final int MESSAGES_MAX = 100_000;
    private static final Duration AGE_MAX = Duration.ofDays(30);
    private static final long BYTES_MAX = 1L << 30;

    public Retention {
        if (messages < 1 || messages > MESSAGES_MAX) {
            throw new IllegalArgumentException("a channel keeps 1 to " + MESSAGES_MAX + " messages: " + messages);
        }
        if (age.compareTo(Duration.ofSeconds(1)) < 0 || age.compareTo(AGE_MAX) > 0) {
            throw new IllegalArgumentException("a channel keeps messages for 1 second to 30 days: " + age);
        }
        if (bytes < 1 || bytes > BYTES_MAX) {
            throw new IllegalArgumentException("a channel keeps 1 byte to 1 GiB: " + bytes);
        }
    }
}
