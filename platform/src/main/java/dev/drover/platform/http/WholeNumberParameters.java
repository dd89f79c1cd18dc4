package dev.drover.platform.http;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.inject.Singleton;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;

import dev.drover.platform.problem.ServiceException;

/** Reads the parameters that are whole numbers. What is none is named, with the bounds the parameter has: Jakarta REST would answer 404. */
@Provider
@Singleton
public final class WholeNumberParameters implements ParamConverterProvider {

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,19}");

    private static final Map<Class<?>, Function<String, Number>> KINDS = Map.of(
            int.class,
            Integer::valueOf,
            Integer.class,
            Integer::valueOf,
            long.class,
            Long::valueOf,
            Long.class,
            Long::valueOf);

    @Override
    @SuppressWarnings("unchecked")
    public <T> ParamConverter<T> getConverter(Class<T> rawType, Type genericType, Annotation[] annotations) {
        Function<String, Number> kind = KINDS.get(rawType);
        return kind == null
                ? null
                : (ParamConverter<T>) new WholeNumber(kind, name(annotations), expected(annotations));
    }

    private static String name(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .flatMap(annotation -> switch (annotation) {
                    case QueryParam query -> Stream.of(query.value());
                    case PathParam path -> Stream.of(path.value());
                    case HeaderParam header -> Stream.of(header.value());
                    default -> Stream.empty();
                })
                .findFirst()
                .orElse("query");
    }

    private static String expected(Annotation[] annotations) {
        Optional<String> min = bound(annotations, Min.class, Min::value).map(value -> "at least " + value);
        Optional<String> max = bound(annotations, Max.class, Max::value).map(value -> "at most " + value);
        String bounds = String.join(
                " and ", Stream.of(min, max).flatMap(Optional::stream).toList());
        return "must be a whole number in digits" + (bounds.isEmpty() ? "" : ", " + bounds);
    }

    private static <A extends Annotation> Optional<Long> bound(
            Annotation[] annotations, Class<A> type, Function<A, Long> value) {
        return Arrays.stream(annotations)
                .filter(type::isInstance)
                .findFirst()
                .map(annotation -> value.apply(type.cast(annotation)));
    }

    private record WholeNumber(Function<String, Number> kind, String name, String expected)
            implements ParamConverter<Number> {

        @Override
        public Number fromString(String value) {
            // Java's own readers take the digits of all scripts.
            if (!DIGITS.matcher(value).matches()) {
                throw ServiceException.invalid(name, expected);
            }
            try {
                return kind.apply(value);
            } catch (NumberFormatException e) {
                throw ServiceException.invalid(name, expected);
            }
        }

        @Override
        public String toString(Number value) {
            return value.toString();
        }
    }
}
