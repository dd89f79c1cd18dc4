package dev.drover.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Documents laid into one. The same name for two things is a mistake, and not for the later one to win. */
final class Merge {

    private final ObjectNode document;

    Merge(ObjectNode frame) {
        this.document = frame;
    }

    void add(ObjectNode part) {
        addMembers(document.withObject("/paths"), part.path("paths"), "path");
        ObjectNode components = document.withObject("/components");
        part.path("components")
                .properties()
                .forEach(kind -> addMembers(components.withObject("/" + kind.getKey()), kind.getValue(), "component"));
    }

    ObjectNode document() {
        return document;
    }

    private static void addMembers(ObjectNode to, JsonNode from, String what) {
        from.properties().forEach(member -> {
            JsonNode present = to.get(member.getKey());
            if (present instanceof ObjectNode both && what.equals("path")) {
                addMembers(both, member.getValue(), "operation");
            } else if (present != null && !present.equals(member.getValue())) {
                throw new IllegalStateException(
                        "two services have a " + what + " " + member.getKey() + " that is not the same");
            } else {
                to.set(member.getKey(), member.getValue());
            }
        });
    }
}
