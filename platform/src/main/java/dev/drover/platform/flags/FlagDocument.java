package dev.drover.platform.flags;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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
    static final int TEXT_MAX = 200;
    private static final int DESCRIPTION_MAX = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}");
    private static final String NAME_RULE = "must be 1 to 100 of A-Z a-z 0-9 space . _ -";
    private static final Set<String> MEMBERS =
            Set.of("type", "description", "enabled", "variants", "defaultVariant", "offVariant", "rules", "schedule");

    private final String key;
    private final ObjectNode document;
    private final FlagFaults faults = new FlagFaults();
    private final ConditionReader conditions;

    private FlagDocument(String key, ObjectNode document) {
        this.key = key;
        this.document = document;
        this.conditions = new ConditionReader(key, faults);
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
        faults.known(document, "", MEMBERS);
        faults.text(document.get("description"), "/description", DESCRIPTION_MAX, true);
        Optional<FlagType> type = type();
        Map<String, JsonNode> variants = variants(type);
        Optional<String> defaultVariant = variant(document.get("defaultVariant"), "/defaultVariant", variants, false);
        Optional<String> offVariant = variant(document.get("offVariant"), "/offVariant", variants, true);
        boolean enabled = enabled();
        List<Rule> rules = rules(variants);
        Optional<Condition.Window> schedule = Optional.ofNullable(document.get("schedule"))
                .filter(node -> !node.isNull())
                .flatMap(this::schedule);
        if (!faults.isNone()) {
            return faults.toReading();
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
            faults.add("/type", "must be boolean, string, integer, number or object");
        }
        return type;
    }

    private boolean enabled() {
        JsonNode node = document.get("enabled");
        if (node != null && !node.isBoolean()) {
            faults.add("/enabled", "must be true or false");
        }
        return node == null || node.asBoolean();
    }

    private Map<String, JsonNode> variants(Optional<FlagType> type) {
        Map<String, JsonNode> variants = new LinkedHashMap<>();
        if (!(document.get("variants") instanceof ObjectNode given) || given.isEmpty() || given.size() > VARIANTS_MAX) {
            faults.add("/variants", "must be an object of 1 to " + VARIANTS_MAX + " values by their names");
            return variants;
        }
        given.properties().forEach(entry -> {
            String pointer = "/variants/" + FlagFaults.escaped(entry.getKey());
            if (!NAME.matcher(entry.getKey()).matches()) {
                faults.add(pointer, "the name " + NAME_RULE);
            }
            type.filter(known -> !known.takes(entry.getValue()))
                    .ifPresent(known -> faults.add(pointer, "must be of type " + known.word()));
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
            faults.add(pointer, "must be the name of one of the variants");
        }
        return name;
    }

    private List<Rule> rules(Map<String, JsonNode> variants) {
        JsonNode given = document.get("rules");
        if (given == null) {
            return List.of();
        }
        if (!given.isArray() || given.size() > RULES_MAX) {
            faults.add("/rules", "must be a list of at most " + RULES_MAX);
            return List.of();
        }
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String pointer = "/rules/" + i;
            if (!(given.get(i) instanceof ObjectNode rule)) {
                faults.add(pointer, "must be an object");
                continue;
            }
            faults.known(rule, pointer, Set.of("name", "when", "variant"));
            Optional<String> name = faults.text(rule.get("name"), pointer + "/name", TEXT_MAX, true);
            name.filter(text -> !NAME.matcher(text).matches())
                    .ifPresent(text -> faults.add(pointer + "/name", NAME_RULE));
            List<Condition> when = conditions.read(rule.get("when"), pointer + "/when");
            variant(rule.get("variant"), pointer + "/variant", variants, false)
                    .ifPresent(variant -> rules.add(new Rule(name, when, variant)));
        }
        return rules;
    }

    private Optional<Condition.Window> schedule(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return conditions.window(object, "/schedule");
        }
        faults.add("/schedule", "must be an object with from, until or both");
        return Optional.empty();
    }
}
