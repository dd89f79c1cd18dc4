package dev.drover.platform.flags;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads what a rule asks for: {@code attribute} with one test, {@code percentage}, or {@code from} and {@code until}. */
final class ConditionReader {

    static final int CONDITIONS_MAX = 20;
    static final int VALUES_MAX = 1_000;
    private static final int TEXT_MAX = FlagDocument.TEXT_MAX;
    private static final List<String> TESTS = List.of("equals", "in", "startsWith", "semver");

    private final String saltByDefault;
    private final FlagFaults faults;

    ConditionReader(String saltByDefault, FlagFaults faults) {
        this.saltByDefault = saltByDefault;
        this.faults = faults;
    }

    List<Condition> read(JsonNode given, String pointer) {
        if (given == null || !given.isArray() || given.isEmpty() || given.size() > CONDITIONS_MAX) {
            faults.add(pointer, "must be a list of 1 to " + CONDITIONS_MAX + " conditions");
            return List.of();
        }
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String at = pointer + "/" + i;
            if (given.get(i) instanceof ObjectNode condition) {
                condition(condition, at).ifPresent(conditions::add);
            } else {
                faults.add(at, "must be an object");
            }
        }
        return conditions;
    }

    private Optional<Condition> condition(ObjectNode node, String at) {
        if (node.has("percentage")) {
            faults.known(node, at, Set.of("percentage", "salt"));
            return share(node, at);
        }
        if (node.has("from") || node.has("until")) {
            return window(node, at).map(Function.identity());
        }
        faults.known(node, at, Set.of("attribute", "equals", "in", "startsWith", "semver"));
        Optional<String> attribute = faults.text(node.get("attribute"), at + "/attribute", TEXT_MAX, false);
        List<String> tests = TESTS.stream().filter(node::has).toList();
        if (tests.size() != 1) {
            faults.add(
                    at, "must have one of equals, in, startsWith, semver; or be a percentage; or have from or until");
            return Optional.empty();
        }
        String test = tests.getFirst();
        return attribute.flatMap(name -> test(name, test, node.get(test), at + "/" + test));
    }

    private Optional<Condition> test(String attribute, String test, JsonNode value, String at) {
        return switch (test) {
            case "equals" -> scalar(value, at).map(known -> new Condition.Equals(attribute, known));
            case "in" -> in(attribute, value, at);
            case "startsWith" ->
                faults.text(value, at, TEXT_MAX, false).map(prefix -> new Condition.StartsWith(attribute, prefix));
            default -> {
                Optional<VersionRange> range =
                        value.isTextual() ? VersionRange.parse(value.textValue()) : Optional.empty();
                if (range.isEmpty()) {
                    faults.add(at, "must be comparators of semantic versions, for example >=1.4.0 <2.0.0");
                }
                yield range.map(known -> new Condition.Version(attribute, known));
            }
        };
    }

    private Optional<Condition> in(String attribute, JsonNode value, String at) {
        if (!value.isArray() || value.isEmpty() || value.size() > VALUES_MAX) {
            faults.add(at, "must be a list of 1 to " + VALUES_MAX + " values");
            return Optional.empty();
        }
        List<JsonNode> values = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            scalar(value.get(i), at + "/" + i).ifPresent(values::add);
        }
        return Optional.of(new Condition.In(attribute, values));
    }

    private Optional<JsonNode> scalar(JsonNode value, String at) {
        boolean isScalar = value.isNumber()
                || value.isBoolean()
                || value.isTextual() && value.textValue().length() <= TEXT_MAX;
        if (!isScalar) {
            faults.add(at, "must be a number, true, false or a string of at most " + TEXT_MAX + " characters");
        }
        return isScalar ? Optional.of(value) : Optional.empty();
    }

    private Optional<Condition> share(ObjectNode node, String at) {
        JsonNode percentage = node.get("percentage");
        BigDecimal value = percentage.isNumber() ? percentage.decimalValue() : BigDecimal.valueOf(-1);
        if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(100)) > 0) {
            faults.add(at + "/percentage", "must be a number from 0 to 100");
            return Optional.empty();
        }
        Optional<String> salt = faults.text(node.get("salt"), at + "/salt", TEXT_MAX, true);
        return Optional.of(new Condition.Share(value, salt.orElse(saltByDefault)));
    }

    Optional<Condition.Window> window(ObjectNode node, String at) {
        faults.known(node, at, Set.of("from", "until"));
        Optional<Instant> from = faults.instant(node.get("from"), at + "/from");
        Optional<Instant> until = faults.instant(node.get("until"), at + "/until");
        if (from.isEmpty() && until.isEmpty()) {
            faults.add(at, "must have from, until or both");
            return Optional.empty();
        }
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            faults.add(at + "/until", "must be after from");
        }
        return Optional.of(new Condition.Window(from, until));
    }
}
