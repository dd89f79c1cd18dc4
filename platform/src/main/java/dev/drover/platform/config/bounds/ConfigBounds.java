package dev.drover.platform.config.bounds;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidator;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;

/**
 * Holds the settings of Drover's config mappings to the bounds their methods are marked with, and names every one that is outside at
 * once. It stands in the place of Hibernate Validator, which reads the several hundred mappings of the framework too, at each start
 * (ADR 0022).
 */
public final class ConfigBounds implements ConfigValidator, SmallRyeConfigBuilderCustomizer {

    private static final String OURS = "dev.drover.";

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        builder.withValidator(this);
    }

    @Override
    public void validateMapping(Class<?> mapping, String prefix, Object settings) {
        if (!mapping.getName().startsWith(OURS)) {
            return;
        }
        List<ConfigValidationException.Problem> problems = new ArrayList<>();
        check(mapping, prefix, settings, problems);
        if (!problems.isEmpty()) {
            throw new ConfigValidationException(problems.toArray(ConfigValidationException.Problem[]::new));
        }
    }

    private static void check(
            Class<?> mapping, String prefix, Object settings, List<ConfigValidationException.Problem> problems) {
        // A class lists its methods in no order that is defined; the one who reads the faults wants one.
        for (Method setting : Stream.of(mapping.getMethods())
                .sorted(Comparator.comparing(Method::getName))
                .toList()) {
            boolean isGroup = setting.getReturnType().isInterface()
                    && setting.getReturnType().getName().startsWith(OURS);
            if (!isGroup && setting.getAnnotations().length == 0) {
                continue;
            }
            String name = prefix + '.' + name(setting);
            Object value = value(setting, settings);
            if (isGroup) {
                check(setting.getReturnType(), name, value, problems);
            } else {
                faults(setting, value)
                        .map(fault -> new ConfigValidationException.Problem(
                                variable(setting, name) + " (" + name + ") must be " + fault))
                        .forEach(problems::add);
            }
        }
    }

    private static Stream<String> faults(Method setting, Object value) {
        Stream.Builder<String> faults = Stream.builder();
        Min min = setting.getAnnotation(Min.class);
        if (min != null && number(value) < min.value()) {
            faults.add("at least " + min.value() + ", and is " + value);
        }
        Max max = setting.getAnnotation(Max.class);
        if (max != null && number(value) > max.value()) {
            faults.add("at most " + max.value() + ", and is " + value);
        }
        DurationMin shortest = setting.getAnnotation(DurationMin.class);
        if (shortest != null) {
            Duration bound =
                    sum(shortest.days(), shortest.hours(), shortest.minutes(), shortest.seconds(), shortest.millis());
            if (((Duration) value).compareTo(bound) < 0) {
                faults.add("at least " + bound + ", and is " + value);
            }
        }
        DurationMax longest = setting.getAnnotation(DurationMax.class);
        if (longest != null) {
            Duration bound =
                    sum(longest.days(), longest.hours(), longest.minutes(), longest.seconds(), longest.millis());
            if (((Duration) value).compareTo(bound) > 0) {
                faults.add("at most " + bound + ", and is " + value);
            }
        }
        if (setting.isAnnotationPresent(NotEmpty.class) && isEmpty(value)) {
            faults.add("given, and is empty");
        }
        EachMatches pattern = setting.getAnnotation(EachMatches.class);
        if (pattern != null) {
            Pattern each = Pattern.compile(pattern.value());
            ((Collection<?>) value)
                    .stream()
                            .map(Object::toString)
                            .filter(element -> !each.matcher(element).matches())
                            .map(element -> "a list of what matches " + pattern.value() + ", and has " + element)
                            .forEach(faults::add);
        }
        return faults.build();
    }

    private static double number(Object value) {
        // Every bound in use is far below 2^53, up to where a double is exact.
        return ((Number) value).doubleValue();
    }

    private static boolean isEmpty(Object value) {
        return value instanceof Collection<?> elements
                ? elements.isEmpty()
                : value.toString().isBlank();
    }

    /** What {@link DurationMin} and {@link DurationMax} say in parts. */
    public static Duration sum(long days, long hours, long minutes, long seconds, long millis) {
        return Duration.ofDays(days)
                .plusHours(hours)
                .plusMinutes(minutes)
                .plusSeconds(seconds)
                .plusMillis(millis);
    }

    /** What a deployer sets: what the default names, unless the setting itself is given as a variable. */
    private static String variable(Method setting, String name) {
        String own = StringUtil.replaceNonAlphanumericByUnderscores(name).toUpperCase(Locale.ROOT);
        WithDefault byDefault = setting.getAnnotation(WithDefault.class);
        Matcher given =
                Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}].*").matcher(byDefault == null ? "" : byDefault.value());
        return given.matches() && System.getenv(own) == null ? given.group(1) : own;
    }

    private static String name(Method setting) {
        WithName given = setting.getAnnotation(WithName.class);
        return given == null ? StringUtil.skewer(setting.getName()) : given.value();
    }

    private static Object value(Method setting, Object settings) {
        try {
            return setting.invoke(settings);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A config mapping and its groups must be public: " + setting, e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("A setting cannot be read: " + setting, e);
        }
    }
}
