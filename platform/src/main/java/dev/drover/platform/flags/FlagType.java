package dev.drover.platform.flags;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** What the variants of a flag are. */
public enum FlagType {
    BOOLEAN {
        @Override
        boolean takes(JsonNode value) {
            return value.isBoolean();
        }
    },
    STRING {
        @Override
        boolean takes(JsonNode value) {
            return value.isTextual();
        }
    },
    INTEGER {
        @Override
        boolean takes(JsonNode value) {
            return value.isIntegralNumber() && value.canConvertToLong();
        }
    },
    NUMBER {
        @Override
        boolean takes(JsonNode value) {
            return value.isNumber();
        }
    },
    OBJECT {
        @Override
        boolean takes(JsonNode value) {
            return value.isObject();
        }
    };

    abstract boolean takes(JsonNode value);

    /** As it is stored and sent. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<FlagType> parse(String word) {
        return Stream.of(values()).filter(type -> type.word().equals(word)).findFirst();
    }
}
