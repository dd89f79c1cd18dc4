package dev.drover.platform.flags;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.problem.Violation;

/**
 * Reads the JSON of a flag, as an admin writes it and as Redis keeps it: {@code type}, {@code variants}, {@code defaultVariant}; optional
 * {@code description}, {@code enabled}, {@code offVariant}, {@code rules}, {@code schedule}. It is judged as a whole.
 */
public final class FlagDocument {

    public static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    static final int VARIANTS_MAX = 50;
    static final int RULES_MAX = 100;
    static final int CONDITIONS_MAX = 20;
    static final int VALUES_MAX = 1_000;
    private static final int TEXT_MAX = 200;
    private static final int DESCRIPTION_MAX = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}");
    private static final String NAME_RULE = "must be 1 to 100 of A-Z a-z 0-9 space . _ -";
    private static final Set<String> MEMBERS =
            Set.of("type", "description", "enabled", "variants", "defaultVariant", "offVariant", "rules", "schedule");

    private final String key;
    private final ObjectNode document;
    private final List<Violation> unknown = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    private FlagDocument(String key, ObjectNode document) {
        this.key = key;
        this.document = document;
    }

    /** What a document turned out to be. */
    public sealed interface Reading {

        record Readable(Flag flag) implements Reading {}

        /** @param unknown members there is no place for */
        record Faulty(List<Violation> unknown, List<Violation> violations) implements Reading {}
    }

    public static Reading read(String key, ObjectNode document, long version, Instant updatedAt) {
        return new FlagDocument(key, document).read(version, updatedAt);
    }

    private Reading read(long version, Instant updatedAt) {
        known(document, "", MEMBERS);
        text(document.get("description"), "/description", DESCRIPTION_MAX, true);
        Optional<FlagType> type = type();
        Map<String, JsonNode> variants = variants(type);
        Optional<String> defaultVariant = variant(document.get("defaultVariant"), "/defaultVariant", variants, false);
        Optional<String> offVariant = variant(document.get("offVariant"), "/offVariant", variants, true);
        boolean enabled = enabled();
        List<Rule> rules = rules(variants);
        Optional<Condition.Window> schedule = Optional.ofNullable(document.get("schedule"))
                .filter(node -> !node.isNull())
                .flatMap(node -> schedule(node));
        if (!unknown.isEmpty() || !violations.isEmpty()) {
            return new Reading.Faulty(unknown, violations);
        }
        return new Reading.Readable(new Flag(
                key,
                type.orElseThrow(),
                enabled,
                variants,
                defaultVariant.orElseThrow(),
                offVariant.orElse(defaultVariant.orElseThrow()),
                rules,
                schedule,
                version,
                updatedAt));
    }

    private Optional<FlagType> type() {
        JsonNode node = document.path("type");
        Optional<FlagType> type = node.isTextual() ? FlagType.parse(node.textValue()) : Optional.empty();
        if (type.isEmpty()) {
            fault("/type", "must be boolean, string, integer, number or object");
        }
        return type;
    }

    private boolean enabled() {
        JsonNode node = document.get("enabled");
        if (node != null && !node.isBoolean()) {
            fault("/enabled", "must be true or false");
        }
        return node == null || node.asBoolean();
    }

    private Map<String, JsonNode> variants(Optional<FlagType> type) {
        Map<String, JsonNode> variants = new LinkedHashMap<>();
        if (!(document.get("variants") instanceof ObjectNode given) || given.isEmpty() || given.size() > VARIANTS_MAX) {
            fault("/variants", "must be an object of 1 to " + VARIANTS_MAX + " values by their names");
            return variants;
        }
        given.properties().forEach(entry -> {
            String pointer = "/variants/" + escaped(entry.getKey());
            if (!NAME.matcher(entry.getKey()).matches()) {
                fault(pointer, "the name " + NAME_RULE);
            }
            type.filter(known -> !known.takes(entry.getValue()))
                    .ifPresent(known -> fault(pointer, "must be of type " + known.word()));
            variants.put(entry.getKey(), entry.getValue());
        });
        return variants;
    }

    private Optional<String> variant(JsonNode node, String pointer, Map<String, JsonNode> variants, boolean optional) {
        if (optional && (node == null || node.isNull())) {
            return Optional.empty();
        }
        Optional<String> name = Optional.ofNullable(node)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(variants::containsKey);
        if (name.isEmpty()) {
            fault(pointer, "must be the name of one of the variants");
        }
        return name;
    }

    private List<Rule> rules(Map<String, JsonNode> variants) {
        JsonNode given = document.get("rules");
        if (given == null) {
            return List.of();
        }
        if (!given.isArray() || given.size() > RULES_MAX) {
            fault("/rules", "must be a list of at most " + RULES_MAX);
            return List.of();
        }
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String pointer = "/rules/" + i;
            if (!(given.get(i) instanceof ObjectNode rule)) {
                fault(pointer, "must be an object");
                continue;
            }
            known(rule, pointer, Set.of("name", "when", "variant"));
            Optional<String> name = text(rule.get("name"), pointer + "/name", TEXT_MAX, true);
            name.filter(text -> !NAME.matcher(text).matches()).ifPresent(text -> fault(pointer + "/name", NAME_RULE));
            List<Condition> when = conditions(rule.get("when"), pointer + "/when");
            variant(rule.get("variant"), pointer + "/variant", variants, false)
                    .ifPresent(variant -> rules.add(new Rule(name, when, variant)));
        }
        return rules;
    }

    private List<Condition> conditions(JsonNode given, String pointer) {
        if (given == null || !given.isArray() || given.isEmpty() || given.size() > CONDITIONS_MAX) {
            fault(pointer, "must be a list of 1 to " + CONDITIONS_MAX + " conditions");
            return List.of();
        }
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String at = pointer + "/" + i;
            if (given.get(i) instanceof ObjectNode condition) {
                condition(condition, at).ifPresent(conditions::add);
            } else {
                fault(at, "must be an object");
            }
        }
        return conditions;
    }

    private Optional<Condition> condition(ObjectNode node, String at) {
        if (node.has("percentage")) {
            known(node, at, Set.of("percentage", "salt"));
            return share(node, at);
        }
        if (node.has("from") || node.has("until")) {
            return window(node, at).map(Function.identity());
        }
        known(node, at, Set.of("attribute", "equals", "in", "startsWith", "semver"));
        Optional<String> attribute = text(node.get("attribute"), at + "/attribute", TEXT_MAX, false);
        List<String> tests = List.of("equals", "in", "startsWith", "semver").stream()
                .filter(node::has)
                .toList();
        if (tests.size() != 1) {
            fault(at, "must have one of equals, in, startsWith, semver; or be a percentage; or have from or until");
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
                text(value, at, TEXT_MAX, false).map(prefix -> new Condition.StartsWith(attribute, prefix));
            default -> {
                Optional<VersionRange> range =
                        value.isTextual() ? VersionRange.parse(value.textValue()) : Optional.empty();
                if (range.isEmpty()) {
                    fault(at, "must be comparators of semantic versions, for example >=1.4.0 <2.0.0");
                }
                yield range.map(known -> new Condition.Version(attribute, known));
            }
        };
    }

    private Optional<Condition> in(String attribute, JsonNode value, String at) {
        if (!value.isArray() || value.isEmpty() || value.size() > VALUES_MAX) {
            fault(at, "must be a list of 1 to " + VALUES_MAX + " values");
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
            fault(at, "must be a number, true, false or a string of at most " + TEXT_MAX + " characters");
        }
        return isScalar ? Optional.of(value) : Optional.empty();
    }

    private Optional<Condition> share(ObjectNode node, String at) {
        JsonNode percentage = node.get("percentage");
        BigDecimal value = percentage.isNumber() ? percentage.decimalValue() : BigDecimal.valueOf(-1);
        if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(100)) > 0) {
            fault(at + "/percentage", "must be a number from 0 to 100");
            return Optional.empty();
        }
        Optional<String> salt = text(node.get("salt"), at + "/salt", TEXT_MAX, true);
        return Optional.of(new Condition.Share(value, salt.orElse(key)));
    }

    private Optional<Condition.Window> schedule(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return window(object, "/schedule");
        }
        fault("/schedule", "must be an object with from, until or both");
        return Optional.empty();
    }

    private Optional<Condition.Window> window(ObjectNode node, String at) {
        known(node, at, Set.of("from", "until"));
        Optional<Instant> from = instant(node.get("from"), at + "/from");
        Optional<Instant> until = instant(node.get("until"), at + "/until");
        if (from.isEmpty() && until.isEmpty()) {
            fault(at, "must have from, until or both");
            return Optional.empty();
        }
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            fault(at + "/until", "must be after from");
        }
        return Optional.of(new Condition.Window(from, until));
    }

    private Optional<Instant> instant(JsonNode node, String at) {
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(node.textValue() == null ? "" : node.textValue()));
        } catch (DateTimeException e) {
            fault(at, "must be a time in UTC such as 2026-11-21T18:00:00Z");
            return Optional.empty();
        }
    }

    private Optional<String> text(JsonNode node, String at, int max, boolean optional) {
        if (optional && (node == null || node.isNull())) {
            return Optional.empty();
        }
        if (node == null
                || !node.isTextual()
                || node.textValue().isEmpty() && !optional
                || node.textValue().length() > max) {
            fault(at, "must be a string of " + (optional ? "at most " : "1 to ") + max + " characters");
            return Optional.empty();
        }
        return Optional.of(node.textValue());
    }

    private void known(ObjectNode node, String at, Set<String> members) {
        String expectation =
                "is not known here; known are: " + members.stream().sorted().collect(Collectors.joining(", "));
        node.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !members.contains(name))
                .forEach(name -> unknown.add(new Violation(at + "/" + escaped(name), expectation)));
    }

    private void fault(String pointer, String message) {
        violations.add(new Violation(pointer, message));
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
