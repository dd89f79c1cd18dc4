package dev.drover.profile.flags;

import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What changed from one document to another: a list of {@code {path, before, after}}, objects by their members, everything else as a whole. */
final class Difference {

    private Difference() {}

    static ArrayNode of(ObjectNode before, ObjectNode after) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        compare("", before, after, changes);
        return changes;
    }

    private static void compare(String path, JsonNode before, JsonNode after, ArrayNode changes) {
        if (before instanceof ObjectNode one && after instanceof ObjectNode other) {
            TreeSet<String> names = new TreeSet<>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(
                        path + "/" + name.replace("~", "~0").replace("/", "~1"),
                        one.get(name),
                        other.get(name),
                        changes);
            }
        } else if (before == null || !before.equals(after)) {
            ObjectNode change = changes.addObject().put("path", path);
            if (before != null) {
                change.set("before", before);
            }
            if (after != null) {
                change.set("after", after);
            }
        }
    }
}
