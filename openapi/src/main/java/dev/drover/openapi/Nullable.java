package dev.drover.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A schema that takes null as well. */
final class Nullable {

    private Nullable() {}

    static ObjectNode of(ObjectNode schema) {
        JsonNode type = schema.get("type");
        if (schema.has("$ref")) {
            ObjectNode either = schema.objectNode();
            either.putArray("anyOf").add(schema).addObject().put("type", "null");
            return either;
        }
        if (type != null && type.isTextual()) {
            schema.putArray("type").add(type).add("null");
        }
        if (schema.has("enum")) {
            schema.withArray("enum").addNull();
        }
        return schema;
    }
}
