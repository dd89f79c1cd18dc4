package dev.drover.platform.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says that of several jobs one is enough. Keys count per queue and owner, for as long as the job that has one is kept.
 *
 * @param length with {@link Mode#THROTTLE}: how long after the first no other is added; without it, until the first has ended
 */
public record UniqueKey(String key, Mode mode, Optional<Duration> length) {

    public static final int KEY_CHARS_MAX = 128;
    public static final Duration LENGTH_MIN = Duration.ofMillis(1);
    public static final Duration LENGTH_MAX = Duration.ofDays(36_600);
    public static final String KEY_PATTERN = "[!-~]{1," + KEY_CHARS_MAX + "}";

    private static final Pattern FORM = Pattern.compile(KEY_PATTERN);

    public enum Mode {
        /** The first stands for those that follow. */
        THROTTLE,
        /** The last one counts, and the wait begins anew with each. Once it has begun, the next is another job. */
        DEBOUNCE,
        /** The last one counts, at the place and time of the first. Once it has begun, the next is another job. */
        REPLACE
    }

    public UniqueKey {
        if (!FORM.matcher(key).matches()) {
            throw new IllegalArgumentException("a unique key is 1 to " + KEY_CHARS_MAX + " printable ASCII characters");
        }
        if (length.isPresent() && (mode != Mode.THROTTLE || !isLength(length.get()))) {
            throw new IllegalArgumentException("only a throttle has a length, and it is positive: " + length.get());
        }
    }

    private static boolean isLength(Duration length) {
        return length.compareTo(LENGTH_MIN) >= 0 && length.compareTo(LENGTH_MAX) <= 0;
    }
}
