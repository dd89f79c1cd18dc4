package dev.drover.platform.http;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.jackson.ObjectMapperCustomizer;

/**
 * What every service takes for JSON and how it writes it. A member named twice, text after the value and bombs of nesting or digits are
 * refused: two parsers on the way would not agree on what they mean.
 */
@Singleton
final class JsonRules implements ObjectMapperCustomizer {

    private static final int DEPTH_MAX = 100;
    private static final int DIGITS_MAX = 100;

    /** After all others: of two modules that write a type the later one counts, and one of Jackson's writes times. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper json) {
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .maxNumberLength(DIGITS_MAX)
                        .build());
        json.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);
        json.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        json.registerModule(new SimpleModule("drover-times").addSerializer(new MillisInstant()));
    }

    /** Times on the wire have milliseconds at most, whatever the clock has. */
    private static final class MillisInstant extends StdSerializer<Instant> {

        private static final long serialVersionUID = 1;

        MillisInstant() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator to, SerializerProvider provider) throws IOException {
            to.writeString(time.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }
}
