package dev.drover.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;

/** The one order and layout of a document, so that a difference between two of them is one in the API. */
final class DocumentForm {

    private static final List<String> TOP =
            List.of("openapi", "info", "externalDocs", "servers", "tags", "paths", "components");
    private static final List<String> METHODS =
            List.of("parameters", "get", "post", "put", "patch", "delete", "head", "options");
    private static final List<String> OPERATION = List.of(
            "operationId",
            "tags",
            "summary",
            "description",
            "externalDocs",
            "security",
            "parameters",
            "requestBody",
            "responses");

    private static final List<String> SCHEMA = List.of(
            "$ref", "type", "format", "description", "required", "properties", "additionalProperties", "items", "enum");

    /** Older parsers take a bare 2026-01-02T03:04:05Z for something else than text. */
    private static final class QuotedTimes extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteValue(String value) {
            return value.matches("\\d{4}-\\d\\d.*") || super.needToQuoteValue(value);
        }
    }

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .stringQuotingChecker(new QuotedTimes())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    private DocumentForm() {}

    static String yaml(ObjectNode document) throws JsonProcessingException {
        return "# Written by the build from the sources of the services; ./drover openapi renews it.\n"
                + YAML.writeValueAsString(document);
    }

    static ObjectNode ordered(ObjectNode document) {
        byName(document.withObject("/paths"));
        for (JsonNode path : document.path("paths")) {
            inOrder((ObjectNode) path, METHODS);
            for (JsonNode operation : path) {
                if (operation instanceof ObjectNode members) {
                    inOrder(members, OPERATION);
                    byName(members.withObject("/responses"));
                }
            }
        }
        ObjectNode components = document.withObject("/components");
        byName(components);
        components.forEach(kind -> byName((ObjectNode) kind));
        components.path("schemas").forEach(DocumentForm::schemaInOrder);
        inOrder(document, TOP);
        return document;
    }

    private static void schemaInOrder(JsonNode schema) {
        inOrder((ObjectNode) schema, SCHEMA);
        schema.path("properties").forEach(DocumentForm::schemaInOrder);
        if ("date-time".equals(schema.path("format").asText()) && schema.has("examples")) {
            ((ObjectNode) schema).putArray("examples").add("2026-01-02T03:04:05.678Z");
        }
    }

    private static void byName(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        names.sort(null);
        inOrder(object, names);
    }

    /** Members that the order does not know follow, as they come. */
    private static void inOrder(ObjectNode object, List<String> order) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        object.removeAll();
        order.forEach(name -> members.stream()
                .filter(member -> member.getKey().equals(name))
                .forEach(member -> object.set(name, member.getValue())));
        members.forEach(member -> object.set(member.getKey(), member.getValue()));
    }
}
