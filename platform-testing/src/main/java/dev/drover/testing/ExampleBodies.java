package dev.drover.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** A body for every operation that takes one, made of the examples, defaults and bounds in docs/api/openapi.yaml. */
final class ExampleBodies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonNode document;

    ExampleBodies() {
        try {
            Path file = Path.of(System.getProperty("drover.home"), "docs", "api", "openapi.yaml");
            document = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean takesBody(Endpoint endpoint) {
        return !content(endpoint).isEmpty();
    }

    private JsonNode content(Endpoint endpoint) {
        return document.path("paths")
                .path(endpoint.documentedPath())
                .path(endpoint.method().toLowerCase(Locale.ROOT))
                .path("requestBody")
                .path("content");
    }

    Optional<ObjectNode> of(Endpoint endpoint) {
        JsonNode content = content(endpoint);
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(example(content.elements().next().path("schema")))
                        .filter(ObjectNode.class::isInstance)
                        .map(ObjectNode.class::cast);
    }

    private JsonNode example(JsonNode given) {
        JsonNode schema =
                given.has("$ref") ? document.at(given.path("$ref").asText().substring(1)) : given;
        for (String members : new String[] {"allOf", "anyOf", "oneOf"}) {
            if (schema.has(members)) {
                return example(schema.path(members).get(0));
            }
        }
        if (schema.has("$ref")) {
            return example(schema);
        }
        if (schema.has("examples")) {
            return schema.path("examples").get(0);
        }
        if (schema.has("default")) {
            return schema.path("default");
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        return ofType(schema);
    }

    private JsonNode ofType(JsonNode schema) {
        String type = schema.path("type").isArray()
                ? schema.path("type").get(0).asText()
                : schema.path("type").asText();
        return switch (type) {
            case "string" ->
                JSON.textNode("a".repeat(Math.max(1, schema.path("minLength").asInt())));
            case "integer", "number" -> JSON.numberNode(schema.path("minimum").asInt(1));
            case "boolean" -> JSON.booleanNode(true);
            case "array" -> JSON.arrayNode();
            default -> {
                ObjectNode object = JSON.objectNode();
                schema.path("properties")
                        .properties()
                        .forEach(member -> object.set(member.getKey(), example(member.getValue())));
                yield object;
            }
        };
    }
}
