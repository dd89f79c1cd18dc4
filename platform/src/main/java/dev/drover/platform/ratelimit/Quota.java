package dev.drover.platform.ratelimit;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.drover.platform.ratelimit.RouteClass.WithoutAnswer;

/**
 * What an operator says about one {@link RouteClass}, for example {@code 30/PT1M}, {@code shadow 600/PT1M burst 100},
 * {@code 30/PT1M by address open}, or {@code off}.
 *
 * @param units         units per window, 1 to 1 000 000
 * @param window        1 second to 1 day, whole seconds
 * @param burst         units that may be taken at once, 1 to {@code units}; all of them if nothing is said
 * @param by            whom it counts by; the class's own if nothing is said
 * @param withoutAnswer what to do without Redis; the class's own if nothing is said
 */
public record Quota(
        Mode mode, int units, Duration window, int burst, Optional<KeyKind> by, Optional<WithoutAnswer> withoutAnswer) {

    public static final String EXPECTATION =
            "off, or [shadow] <1 to 1000000>/<PT1S to P1D> [burst <units>] [by account|address|api-key] [open|closed], such as 10/PT1M";

    private static final int UNITS_MAX = 1_000_000;
    private static final Duration WINDOW_MIN = Duration.ofSeconds(1);
    private static final Duration WINDOW_MAX = Duration.ofDays(1);
    private static final Pattern FORM = Pattern.compile("(?<shadow>shadow +)?(?<units>\\d{1,7})/(?<window>P[0-9DTHMS]+)"
            + "( +burst +(?<burst>\\d{1,7}))?( +by +(?<by>account|address|api-key))?( +(?<without>open|closed))?");
    private static final Quota OFF = new Quota(Mode.OFF, 1, WINDOW_MIN, 1, Optional.empty(), Optional.empty());

    /** Whether requests are refused, only counted, or not looked at. */
    public enum Mode {
        ENFORCE,
        SHADOW,
        OFF
    }

    public Quota {
        if (units < 1 || units > UNITS_MAX) {
            throw new IllegalArgumentException("units must be 1 to " + UNITS_MAX + ": " + units);
        }
        if (window.compareTo(WINDOW_MIN) < 0 || window.compareTo(WINDOW_MAX) > 0 || window.getNano() != 0) {
            throw new IllegalArgumentException("a window has whole seconds, 1 second to 1 day: " + window);
        }
        if (burst < 1 || burst > units) {
            throw new IllegalArgumentException("burst must be 1 to " + units + ": " + burst);
        }
    }

    /** Found by the configuration as the converter of this type. */
    public static Quota parse(CharSequence text) {
        String said = text.toString().strip();
        if (said.equals("off")) {
            return OFF;
        }
        Matcher form = FORM.matcher(said);
        if (!form.matches()) {
            throw new IllegalArgumentException("expected " + EXPECTATION);
        }
        int units = Integer.parseInt(form.group("units"));
        return new Quota(
                form.group("shadow") == null ? Mode.ENFORCE : Mode.SHADOW,
                units,
                window(form.group("window")),
                form.group("burst") == null ? units : Integer.parseInt(form.group("burst")),
                Optional.ofNullable(form.group("by")).map(by -> KeyKind.valueOf(constant(by))),
                Optional.ofNullable(form.group("without")).map(without -> WithoutAnswer.valueOf(constant(without))));
    }

    public static boolean isValid(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Duration window(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("expected " + EXPECTATION, e);
        }
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
