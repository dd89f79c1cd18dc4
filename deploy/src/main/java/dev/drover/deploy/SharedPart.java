package dev.drover.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Takes apart what several objects have in common. Members are compared by their key, elements of a list by their {@code name} where they
 * have one, as a strategic merge puts them together again; any other list is common as a whole or not at all.
 */
final class SharedPart {

    private static final String KEY = "name";

    private SharedPart() {}

    static ObjectNode of(Collection<ObjectNode> all) {
        List<ObjectNode> objects = List.copyOf(all);
        ObjectNode shared = objects.getFirst().deepCopy();
        objects.stream().skip(1).forEach(other -> keepCommon(shared, other));
        return shared;
    }

    /** What is left of {@code whole} beside {@code shared}. */
    static ObjectNode remainder(ObjectNode whole, ObjectNode shared) {
        ObjectNode rest = whole.deepCopy();
        removeCommon(rest, shared);
        return rest;
    }

    private static void keepCommon(ObjectNode mine, ObjectNode other) {
        for (String field : fields(mine)) {
            JsonNode left = mine.get(field);
            JsonNode right = other.get(field);
            if (left instanceof ObjectNode object && right instanceof ObjectNode theirs) {
                keepCommon(object, theirs);
                dropIfEmpty(mine, field, object);
            } else if (isKeyed(left) && isKeyed(right)) {
                keepCommonElements((ArrayNode) left, (ArrayNode) right);
                dropIfEmpty(mine, field, left);
            } else if (!left.equals(right)) {
                mine.remove(field);
            }
        }
    }

    private static void keepCommonElements(ArrayNode mine, ArrayNode other) {
        for (int i = mine.size() - 1; i >= 0; i--) {
            ObjectNode element = (ObjectNode) mine.get(i);
            Optional<ObjectNode> counterpart = named(other, element.get(KEY));
            counterpart.ifPresent(theirs -> keepCommon(element, theirs));
            if (counterpart.isEmpty() || element.size() == 1) {
                mine.remove(i);
            }
        }
    }

    private static void removeCommon(ObjectNode rest, ObjectNode shared) {
        for (String field : fields(rest)) {
            JsonNode left = rest.get(field);
            JsonNode right = shared.get(field);
            if (left instanceof ObjectNode object && right instanceof ObjectNode common) {
                removeCommon(object, common);
                dropIfEmpty(rest, field, object);
            } else if (isKeyed(left) && isKeyed(right)) {
                removeCommonElements((ArrayNode) left, (ArrayNode) right);
                dropIfEmpty(rest, field, left);
            } else if (left.equals(right)) {
                rest.remove(field);
            }
        }
    }

    private static void removeCommonElements(ArrayNode rest, ArrayNode shared) {
        for (int i = rest.size() - 1; i >= 0; i--) {
            ObjectNode element = (ObjectNode) rest.get(i);
            JsonNode name = element.get(KEY);
            Optional<ObjectNode> common = named(shared, name);
            if (common.isEmpty()) {
                continue;
            }
            removeCommon(element, common.get());
            if (element.isEmpty()) {
                rest.remove(i);
            } else {
                ObjectNode keyed = rest.objectNode();
                keyed.set(KEY, name);
                keyed.setAll(element);
                rest.set(i, keyed);
            }
        }
    }

    private static boolean isKeyed(JsonNode node) {
        if (!(node instanceof ArrayNode array) || array.isEmpty()) {
            return false;
        }
        for (JsonNode element : array) {
            if (!element.has(KEY)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<ObjectNode> named(ArrayNode array, JsonNode name) {
        for (JsonNode element : array) {
            if (element.path(KEY).equals(name)) {
                return Optional.of((ObjectNode) element);
            }
        }
        return Optional.empty();
    }

    private static void dropIfEmpty(ObjectNode parent, String field, JsonNode value) {
        if (value.isEmpty()) {
            parent.remove(field);
        }
    }

    private static List<String> fields(ObjectNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
