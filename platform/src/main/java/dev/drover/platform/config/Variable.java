package dev.drover.platform.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One environment variable of the contract: its name, what is expected of it, and the check. A fault never repeats the value, because
 * values carry secrets.
 */
public record Variable(String name, String expectation, Need need, Predicate<String> valid) {

    /** Whether a variable must be set. */
    public sealed interface Need {
        record Always() implements Need {}

        record Never() implements Need {}

        record With(String other) implements Need {}
    }

    public Variable {
        if (!name.matches("[A-Z][A-Z0-9_]*")) {
            throw new IllegalArgumentException("name must be in upper snake case: " + name);
        }
        if (expectation.isBlank()) {
            throw new IllegalArgumentException("expectation of " + name + " is blank");
        }
    }

    /** The same variable, checked when it is set and left to its default when it is not. */
    public Variable optional() {
        return new Variable(name, expectation, new Need.Never(), valid);
    }

    /** The same variable, which must be set when {@code other} is, and may be left out otherwise. */
    public Variable requiredWith(String other) {
        return new Variable(name, expectation, new Need.With(other), valid);
    }

    Optional<Fault> check(Map<String, String> environment) {
        String value = environment.get(name);
        if (isAbsent(value)) {
            boolean required =
                    switch (need) {
                        case Need.Always always -> true;
                        case Need.Never never -> false;
                        case Need.With(String other) -> !isAbsent(environment.get(other));
                    };
            return required ? Optional.of(new Fault(name, "is not set", expectation)) : Optional.empty();
        }
        return valid.test(value.strip()) ? Optional.empty() : Optional.of(new Fault(name, "is malformed", expectation));
    }

    private static boolean isAbsent(String value) {
        return value == null || value.isBlank();
    }

    /** A variable that must be set, with a check of its own. */
    public static Variable checked(String name, String expectation, Predicate<String> valid) {
        return new Variable(name, expectation, new Need.Always(), valid);
    }

    public static Variable text(String name, String expectation) {
        return checked(name, expectation, value -> true);
    }

    public static Variable matching(String name, String expectation, String pattern) {
        return checked(name, expectation, value -> value.matches(pattern));
    }

    public static Variable port(String name) {
        return integer(name, 0, 65_535);
    }

    public static Variable integer(String name, int min, int max) {
        return checked(name, "an integer from " + min + " to " + max, value -> isIntegerIn(value, min, max));
    }

    public static Variable oneOf(String name, String... allowed) {
        return checked(name, "one of " + String.join(", ", allowed), List.of(allowed)::contains);
    }

    public static Variable duration(String name) {
        return checked(name, "an ISO-8601 duration such as PT2S, not negative", Variable::isDuration);
    }

    /**
     * @param least as ISO-8601 has it, not looked at before there is a value to hold against it
     * @param most  the same
     */
    public static Variable duration(String name, String least, String most) {
        return checked(
                name,
                "an ISO-8601 duration from " + least + " to " + most,
                value -> isDuration(value)
                        && Duration.parse(value).compareTo(Duration.parse(least)) >= 0
                        && Duration.parse(value).compareTo(Duration.parse(most)) <= 0);
    }

    public static Variable httpUrl(String name) {
        return checked(name, "an absolute http:// or https:// URL", value -> isUrl(value, "http", "https"));
    }

    public static Variable redisUrl(String name) {
        return checked(
                name,
                "redis://[user:password@]host:port[/database] or rediss://..., several separated by commas for a cluster or sentinels",
                value -> Arrays.stream(value.split(",", -1)).allMatch(url -> isUrl(url.strip(), "redis", "rediss")));
    }

    private static boolean isIntegerIn(String value, int min, int max) {
        try {
            int number = Integer.parseInt(value);
            return number >= min && number <= max;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDuration(String value) {
        try {
            return !Duration.parse(value).isNegative();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isUrl(String value, String... schemes) {
        try {
            URI uri = new URI(value);
            return uri.getScheme() != null
                    && uri.getHost() != null
                    && List.of(schemes).contains(uri.getScheme());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** What is wrong with one variable, in one line. */
    public record Fault(String name, String problem, String expectation) {

        @Override
        public String toString() {
            return name + " " + problem + "; expected " + expectation;
        }
    }
}
