package dev.drover.platform.flags;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** Something that is true of a context at a time, or not. An attribute the context does not have meets no condition. */
public sealed interface Condition {

    record Equals(String attribute, JsonNode value) implements Condition {}

    record In(String attribute, List<JsonNode> values) implements Condition {

        public In {
            values = List.copyOf(values);
        }
    }

    record StartsWith(String attribute, String prefix) implements Condition {}

    record Version(String attribute, VersionRange range) implements Condition {}

    /** The time is in the window: {@code from} belongs to it, {@code until} does not. */
    record Window(Optional<Instant> from, Optional<Instant> until) implements Condition {

        public Window {
            if (from.isEmpty() && until.isEmpty()) {
                throw new IllegalArgumentException("a window begins or ends");
            }
        }

        boolean contains(Instant time) {
            return from.filter(time::isBefore).isEmpty()
                    && until.filter(end -> !time.isBefore(end)).isEmpty();
        }
    }

    /** The share of targeting keys, stable for each; a larger share has all of a smaller one. */
    record Share(BigDecimal percentage, String salt) implements Condition {}
}
