package dev.drover.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;

/**
 * What docs/api/openapi.yaml says of an answer. Its readers are told that answers may gain members; here one that is not written down is a
 * fault, or it would never be.
 */
final class DocumentedApi {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What any path may answer, an operation or not. */
    private static final Set<String> OF_NO_OPERATION =
            Set.of("not_found", "method_not_allowed", "uri_too_long", "headers_too_large");

    private final JsonNode document;
    private final ObjectNode components;
    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            factory -> factory.metaSchema(JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                    .keyword(new NonValidationKeyword("components"))
                    .build()));
    private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();

    record Answer(String method, String path, int status, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public String toString() {
            return method + " " + path + " answered " + status;
        }
    }

    DocumentedApi(JsonNode document) {
        this.document = document;
        this.components = document.path("components").deepCopy();
        // A schema that lists members is closed for the test; one that does not is any object.
        for (JsonNode schema : components.path("schemas")) {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
    }

    static DocumentedApi ofTheRepository() {
        try {
            Path file = Path.of(System.getProperty("drover.home"), "docs", "api", "openapi.yaml");
            return new DocumentedApi(YAML.readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In what the answer departs from the document; empty when it does not. */
    List<String> faults(Answer answer) {
        Optional<JsonNode> operation = operation(answer);
        if (operation.isEmpty()) {
            return ofNoOperation(answer);
        }
        JsonNode response = resolved(operation.get().path("responses").path(Integer.toString(answer.status())));
        if (response.isMissingNode()) {
            return isOfNoOperation(answer) ? List.of() : List.of("this status is not among its answers");
        }
        List<String> faults = new ArrayList<>();
        response.path("headers").properties().forEach(header -> {
            JsonNode described = resolved(header.getValue());
            if (described.path("required").asBoolean() && answer.header(header.getKey()) == null) {
                faults.add("the header " + header.getKey() + " is missing");
            }
        });
        if (!answer.method().equals("HEAD")) {
            faults.addAll(body(answer, response.path("content")));
        }
        return faults;
    }

    private List<String> ofNoOperation(Answer answer) {
        return answer.status() < 400
                ? List.of("there is no such operation")
                : body(
                        answer,
                        resolved(reference("#/components/responses/NotAcceptable"))
                                .path("content"),
                        "Problem");
    }

    private static boolean isOfNoOperation(Answer answer) {
        try {
            return OF_NO_OPERATION.contains(
                    JSON.readTree(answer.body()).path("code").asText());
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private List<String> body(Answer answer, JsonNode content) {
        return body(answer, content, null);
    }

    private List<String> body(Answer answer, JsonNode content, String schemaName) {
        String type = Optional.ofNullable(answer.header("Content-Type"))
                .map(value -> value.replaceFirst(";.*", "").strip())
                .orElse("");
        if (content.isEmpty()) {
            return answer.body().isEmpty() ? List.of() : List.of("a body is not described: " + answer.body());
        }
        if (!content.has(type)) {
            return List.of("the media type is " + (type.isEmpty() ? "missing" : type));
        }
        if (!type.endsWith("json")) {
            // Its schema is that of the parts of a stream.
            return List.of();
        }
        JsonNode schema = schemaName == null
                ? content.path(type).path("schema")
                : reference("#/components/schemas/" + schemaName);
        try {
            return compiled.computeIfAbsent(schema, this::compile).validate(JSON.readTree(answer.body())).stream()
                    .map(fault -> fault.getMessage() + " in " + answer.body())
                    .toList();
        } catch (JsonProcessingException e) {
            return List.of("the body is not JSON: " + answer.body());
        }
    }

    private JsonSchema compile(JsonNode schema) {
        ObjectNode standing = schema.deepCopy();
        standing.set("components", components);
        return schemas.getSchema(standing, SchemaValidatorsConfig.builder().build());
    }

    /** For example {@code GET /jobs/{id}}; empty where there is no such operation. */
    Optional<String> operationName(Answer answer) {
        return path(answer)
                .filter(path -> path.getValue().has(answer.method().toLowerCase(Locale.ROOT)))
                .map(path -> answer.method() + " " + path.getKey());
    }

    private Optional<JsonNode> operation(Answer answer) {
        String method = answer.method().equals("HEAD") ? "get" : answer.method().toLowerCase(Locale.ROOT);
        return path(answer).map(path -> path.getValue().get(method));
    }

    private Optional<Map.Entry<String, JsonNode>> path(Answer answer) {
        return document.path("paths").properties().stream()
                .filter(path -> answer.path().matches(pattern(path.getKey())))
                // A path without parameters is meant before one with them.
                .min(Comparator.comparingInt(path -> path.getKey().split("\\{", -1).length));
    }

    private static String pattern(String template) {
        return template.replaceAll("[.]", "\\\\.").replaceAll("\\{[^}]*}", "[^/]*");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static JsonNode reference(String to) {
        return JsonNodeFactory.instance.objectNode().put("$ref", to);
    }
}
