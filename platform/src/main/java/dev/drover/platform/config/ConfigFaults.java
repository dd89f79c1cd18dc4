package dev.drover.platform.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;

/**
 * What the framework found wrong with the settings, in lines like those of {@link EnvironmentContract}: by the name of the variable, and without the value where
 * it could not be read. Loaded only once something is wrong.
 */
final class ConfigFaults {

    private static final Pattern CODE = Pattern.compile("^(?:[\\w.]+Exception: )?SRCFG\\d{5}: ");
    private static final Pattern MALFORMED = Pattern.compile(
            "The config property (\\S+) with the config value \".*\" (?:threw an Exception whilst being converted|was converted to null)(.*)",
            Pattern.DOTALL);
    private static final Pattern EMPTY =
            Pattern.compile("The config property (\\S+) is defined as the empty String.*", Pattern.DOTALL);
    private static final Pattern MISSING =
            Pattern.compile("The config property (\\S+) is required but it could not be found.*", Pattern.DOTALL);
    private static final Pattern UNKNOWN = Pattern.compile("(\\S+) in .* does not map to any root", Pattern.DOTALL);
    private static final Pattern ALLOWED = Pattern.compile("allowed values: (\\S+)");

    /** What converters say they cannot make of a value, and what that comes to. */
    private static final Map<String, String> EXPECTED = Map.of(
            "Expected an integer value", "an integer",
            "Expected a long value", "an integer",
            "Expected a double value", "a number",
            "Expected a float value", "a number",
            "cannot be parsed to a Duration", "a duration such as PT2S",
            "DateTimeParseException", "a duration such as PT2S",
            "MemorySize", "a size such as 64K",
            "not in correct format", "a size such as 64K");

    private ConfigFaults() {}

    /** Empty when it is something else that went wrong. */
    static List<String> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigValidationException several) {
                return IntStream.range(0, several.getProblemCount())
                        .mapToObj(i -> line(several.getProblem(i).getMessage()))
                        .toList();
            }
            if (cause instanceof ConfigurationException one) {
                return List.of(line(String.valueOf(one.getMessage())));
            }
        }
        return List.of();
    }

    static String line(String message) {
        String text = CODE.matcher(message).replaceFirst("");
        Matcher malformed = MALFORMED.matcher(text);
        if (malformed.matches()) {
            return named(malformed.group(1)) + " is malformed" + expected(malformed.group(2));
        }
        Matcher missing = MISSING.matcher(text);
        if (missing.matches()) {
            return named(missing.group(1)) + " is not set";
        }
        Matcher empty = EMPTY.matcher(text);
        if (empty.matches()) {
            return named(empty.group(1)) + " is empty";
        }
        Matcher unknown = UNKNOWN.matcher(text);
        return unknown.matches() ? named(unknown.group(1)) + " is no setting of this service" : text;
    }

    /** As SmallRye Config looks for it: {@code auth.devices.max} is {@code AUTH_DEVICES_MAX}. */
    private static String named(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT) + " (" + property + ")";
    }

    private static String expected(String reason) {
        Matcher allowed = ALLOWED.matcher(reason);
        if (allowed.find()) {
            return "; expected one of " + allowed.group(1).replace(",", ", ");
        }
        return EXPECTED.entrySet().stream()
                .filter(known -> reason.contains(known.getKey()))
                .findFirst()
                .map(known -> "; expected " + known.getValue())
                .orElse("");
    }
}
