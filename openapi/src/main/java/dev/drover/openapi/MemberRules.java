package dev.drover.openapi;

import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;

/**
 * What the serializer does and no annotation of the scanner's says: a record that is answered has all its members, but those that are
 * left out when there is nothing to say; one that is taken has no others than those it names.
 */
final class MemberRules {

    private static final DotName SCHEMA =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.media.Schema");
    private static final DotName JSON_INCLUDE = DotName.createSimple("com.fasterxml.jackson.annotation.JsonInclude");
    private static final DotName JSON_PROPERTY = DotName.createSimple("com.fasterxml.jackson.annotation.JsonProperty");
    private static final DotName NULLABLE = DotName.createSimple("jakarta.annotation.Nullable");

    /** What the scanner makes of {@code @NotBlank}: a character somewhere. */
    private static final String NOT_BLANK = "\\S";

    private final IndexView index;

    MemberRules(IndexView index) {
        this.index = index;
    }

    void apply(ObjectNode document) {
        anchorPatterns(document);
        JsonNode schemas = document.at("/components/schemas");
        Set<String> answered = new HashSet<>();
        for (JsonNode response : document.findValues("responses")) {
            reach(schemas, response, answered);
        }
        for (AnnotationInstance named : index.getAnnotations(SCHEMA)) {
            if (named.target().kind() != AnnotationTarget.Kind.CLASS || named.value("name") == null) {
                continue;
            }
            String name = named.value("name").asString();
            if (schemas.get(name) instanceof ObjectNode schema) {
                ClassInfo type = named.target().asClass();
                if (answered.contains(name)) {
                    answer(schema, type);
                } else {
                    schema.put("additionalProperties", false);
                }
            }
        }
    }

    /** Bean Validation matches the whole text, JSON Schema looks for a match within it. */
    private static void anchorPatterns(JsonNode document) {
        for (JsonNode holder : document.findParents("pattern")) {
            JsonNode pattern = holder.get("pattern");
            if (pattern.isTextual()
                    && !pattern.asText().startsWith("^")
                    && !pattern.asText().equals(NOT_BLANK)) {
                String whole = pattern.asText();
                ((ObjectNode) holder).put("pattern", "^" + (whole.contains("|") ? "(" + whole + ")" : whole) + "$");
            }
        }
    }

    private static void answer(ObjectNode schema, ClassInfo type) {
        boolean leavesOut = type.hasDeclaredAnnotation(JSON_INCLUDE);
        Set<String> required = new HashSet<>();
        for (FieldInfo member : type.fieldsInDeclarationOrder()) {
            AnnotationInstance renamed = member.annotation(JSON_PROPERTY);
            String name = renamed == null ? member.name() : renamed.value().asString();
            if (!(schema.path("properties").get(name) instanceof ObjectNode property)) {
                continue;
            }
            if (member.hasAnnotation(NULLABLE) && !leavesOut && !member.hasAnnotation(JSON_INCLUDE)) {
                ((ObjectNode) schema.get("properties")).set(name, Nullable.of(property));
            }
            boolean optional = member.hasAnnotation(JSON_INCLUDE) || leavesOut && member.hasAnnotation(NULLABLE);
            if (!optional) {
                required.add(name);
            }
        }
        schema.remove("required");
        schema.path("properties").fieldNames().forEachRemaining(name -> {
            if (required.contains(name)) {
                schema.withArray("required").add(name);
            }
        });
    }

    private static void reach(JsonNode schemas, JsonNode from, Set<String> reached) {
        for (String reference : from.findValuesAsText("$ref")) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (reference.startsWith("#/components/schemas/") && reached.add(name)) {
                reach(schemas, schemas.path(name), reached);
            }
        }
    }
}
