package dev.drover.platform.flags;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.problem.Violation;

/** What is wrong with the JSON of a flag, as it is found while values are read from it. */
final class FlagFaults {

    private final List<Violation> unknown = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    boolean isNone() {
        return unknown.isEmpty() && violations.isEmpty();
    }

    FlagDocument.Reading.Faulty toReading() {
        return new FlagDocument.Reading.Faulty(unknown, violations);
    }

    void add(String pointer, String message) {
        violations.add(new Violation(pointer, message));
    }

    void known(ObjectNode node, String at, Set<String> members) {
        String expectation =
                "is not known here; known are: " + members.stream().sorted().collect(Collectors.joining(", "));
        node.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !members.contains(name))
                .forEach(name -> unknown.add(new Violation(at + "/" + escaped(name), expectation)));
    }

    Optional<String> text(JsonNode node, String at, int max, boolean optional) {
        if (optional && (node == null || node.isNull())) {
            return Optional.empty();
        }
        if (node == null
                || !node.isTextual()
                || node.textValue().isEmpty() && !optional
                || node.textValue().length() > max) {
            add(at, "must be a string of " + (optional ? "at most " : "1 to ") + max + " characters");
            return Optional.empty();
        }
        return Optional.of(node.textValue());
    }

    Optional<Instant> instant(JsonNode node, String at) {
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(node.textValue() == null ? "" : node.textValue()));
        } catch (DateTimeException e) {
            add(at, "must be a time in UTC such as 2026-11-21T18:00:00Z");
            return Optional.empty();
        }
    }

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
