package dev.drover.platform.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A job to be added.
 *
 * @param owner       the account it belongs to ({@code sub}); others do not see it
 * @param payload     a JSON object as text, at most {@value #PAYLOAD_BYTES_MAX} bytes; larger things belong in the object store
 * @param delay       how long it waits at least, zero for now
 * @param maxAttempts how often a handler may fail before the job is dead; a worker's death does not count
 * @param priority    0 (first) to {@value #PRIORITY_LAST}; within one priority the order is that of arrival
 * @param options     what it has beside its content
 */
public record NewJob(
        JobId id,
        String type,
        String owner,
        String payload,
        Duration delay,
        int maxAttempts,
        int priority,
        JobOptions options) {

    public static final int PAYLOAD_BYTES_MAX = 64 * 1024;
    public static final int MAX_ATTEMPTS_DEFAULT = 5;
    public static final int MAX_ATTEMPTS_LIMIT = 100;

    /** Of the platform's own jobs: with delays of up to ten minutes between them, a store may be away for hours and nothing is given up. */
    public static final int MAX_ATTEMPTS_PLATFORM = 50;

    public static final int PRIORITY_LAST = 9;
    public static final int PRIORITY_DEFAULT = 5;
    public static final String TYPE_PATTERN = "[a-z][a-z0-9]*(\\.[a-z][a-z0-9-]*)*";

    /** The same for people. */
    public static final String TYPE_EXPECTED =
            "must be words of a-z 0-9, each begun by a letter, joined by dots, such as report.build";

    public static final int TYPE_CHARS_MAX = 64;

    public NewJob {
        if (!isType(type)) {
            throw new IllegalArgumentException("type is dotted lower-case words, 64 characters at most: " + type);
        }
        if (bytes(payload) > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException("payload is over " + PAYLOAD_BYTES_MAX + " bytes");
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay is negative: " + delay);
        }
        if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS_LIMIT) {
            throw new IllegalArgumentException("maxAttempts is 1 to " + MAX_ATTEMPTS_LIMIT + ": " + maxAttempts);
        }
        if (priority < 0 || priority > PRIORITY_LAST) {
            throw new IllegalArgumentException("priority is 0 to " + PRIORITY_LAST + ": " + priority);
        }
        if (options.dependencies().on().contains(id)) {
            throw new IllegalArgumentException("a job cannot wait for itself: " + id);
        }
    }

    /** Whether it matches {@link #TYPE_PATTERN} and is not too long; by hand, because of a bulk there are a thousand. */
    public static boolean isType(String text) {
        if (text.length() > TYPE_CHARS_MAX) {
            return false;
        }
        int word = 0;
        boolean isBegun = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = c >= 'a' && c <= 'z';
            if (c == '.' && isBegun) {
                word++;
                isBegun = false;
            } else if (isLetter || isBegun && (c >= '0' && c <= '9' || c == '-' && word > 0)) {
                isBegun = true;
            } else {
                return false;
            }
        }
        return isBegun;
    }

    /** Of a payload: how many it has, or as many as it can have at most where that is no more than may be. */
    public static int bytes(String payload) {
        int atMost = 3 * payload.length();
        return atMost <= PAYLOAD_BYTES_MAX ? atMost : payload.getBytes(StandardCharsets.UTF_8).length;
    }

    public NewJob(JobId id, String type, String owner, String payload, Duration delay, int maxAttempts, int priority) {
        this(id, type, owner, payload, delay, maxAttempts, priority, JobOptions.NONE);
    }

    public NewJob(JobId id, String type, String owner, String payload, Duration delay, int maxAttempts) {
        this(id, type, owner, payload, delay, maxAttempts, PRIORITY_DEFAULT);
    }

    public static NewJob now(JobId id, String type, String owner, String payload) {
        return new NewJob(id, type, owner, payload, Duration.ZERO, MAX_ATTEMPTS_DEFAULT);
    }

    /** A job the platform owes an account, as the outbox carries it. */
    public static NewJob ofPlatform(JobId id, String type, String owner, String payload) {
        return new NewJob(id, type, owner, payload, Duration.ZERO, MAX_ATTEMPTS_PLATFORM);
    }

    public NewJob with(JobOptions more) {
        return new NewJob(id, type, owner, payload, delay, maxAttempts, priority, more);
    }
}
