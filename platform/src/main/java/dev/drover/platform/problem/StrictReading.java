package dev.drover.platform.problem;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;

/**
 * Reads a body in one pass and turns no value into another kind on the way: no text into a number, no fraction into an integer. It takes
 * less than {@link BodyForm} lets pass, never more, and says nothing of what it does not take; whoever wants to know looks with that.
 */
final class StrictReading {

    private final ObjectMapper strict;
    private final Map<Class<?>, BodyReading<?>> own;

    /**
     * @param json what it reads like, but for what it turns into another kind
     * @param own  kinds of bodies that are not bound
     */
    StrictReading(ObjectMapper json, List<BodyReading<?>> own) {
        this.own = own.stream().collect(Collectors.toUnmodifiableMap(BodyReading::type, Function.identity()));
        this.strict = json.copy()
                .configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false)
                .configure(MapperFeature.USE_GETTERS_AS_SETTERS, false)
                .configure(DeserializationFeature.ACCEPT_FLOAT_AS_INT, false)
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true)
                .configure(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES, true)
                .registerModule(new SimpleModule("drover-strict")
                        .addDeserializer(Double.class, new NumbersOnly())
                        .addDeserializer(double.class, new NumbersOnly())
                        .addDeserializer(Duration.class, new TextOnly<>(Duration.class, Duration::parse))
                        .addDeserializer(Instant.class, new TextOnly<>(Instant.class, Instant::parse)));
        for (CoercionInputShape shape : CoercionInputShape.values()) {
            strict.coercionConfigDefaults().setCoercion(shape, CoercionAction.Fail);
        }
    }

    /** Empty when there is anything about it that has to be looked at closer. */
    Optional<Object> read(byte[] body, JavaType type) throws IOException {
        try {
            BodyReading<?> reading = own.get(type.getRawClass());
            return reading == null ? Optional.ofNullable(strict.readValue(body, type)) : read(body, reading);
        } catch (JsonProcessingException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Object> read(byte[] body, BodyReading<?> reading) throws IOException {
        try (JsonParser from = strict.createParser(body)) {
            Object read = reading.read(from, body);
            return from.nextToken() == null ? Optional.of(read) : Optional.empty();
        }
    }

    /** Jackson's own takes {@code "NaN"} too, whatever it is told. */
    private static final class NumbersOnly extends StdDeserializer<Double> {

        private static final long serialVersionUID = 1;

        NumbersOnly() {
            super(Double.class);
        }

        @Override
        public Double deserialize(JsonParser from, DeserializationContext context) throws IOException {
            return from.currentToken().isNumeric()
                    ? Double.valueOf(from.getDoubleValue())
                    : (Double) context.handleUnexpectedToken(Double.class, from);
        }
    }

    /** Jackson's own takes numbers too, as seconds, and nothing but blanks for no time at all. */
    private static final class TextOnly<T> extends StdDeserializer<T> {

        private static final long serialVersionUID = 1;

        private final transient Function<String, T> parse;

        TextOnly(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser from, DeserializationContext context) throws IOException {
            if (!from.hasToken(JsonToken.VALUE_STRING)) {
                throw context.wrongTokenException(from, handledType(), JsonToken.VALUE_STRING, "no text");
            }
            try {
                return parse.apply(from.getText());
            } catch (DateTimeException e) {
                throw context.weirdStringException(from.getText(), handledType(), "no time");
            }
        }
    }
}
