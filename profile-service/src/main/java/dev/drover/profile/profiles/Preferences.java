package dev.drover.profile.profiles;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.problem.Violation;

/** What an application keeps for a user: a JSON object of its own making, kept as it came. Only its size and depth are ours to judge. */
record Preferences(String json) {

    static final int BYTES_MAX = 16 * 1024;
    static final int DEPTH_MAX = 8;
    static final Preferences NONE = new Preferences("{}");

    /** Empty, with a violation at {@code pointer}, when the document is no object, too large, too deep or no Unicode text. */
    static Optional<Preferences> read(JsonNode document, String pointer, List<Violation> violations) {
        if (!(document instanceof ObjectNode object)) {
            violations.add(new Violation(pointer, "must be an object"));
            return Optional.empty();
        }
        if (isDeeperThan(object, DEPTH_MAX)) {
            violations.add(new Violation(pointer, "must not be nested deeper than " + DEPTH_MAX + " levels"));
            return Optional.empty();
        }
        String json = object.toString();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
            violations.add(new Violation(pointer, "must not contain half of a surrogate pair"));
            return Optional.empty();
        }
        if (json.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            violations.add(new Violation(pointer, "must not be larger than " + BYTES_MAX + " bytes as compact JSON"));
            return Optional.empty();
        }
        return Optional.of(new Preferences(json));
    }

    private static boolean isDeeperThan(JsonNode node, int levels) {
        if (!node.isContainerNode()) {
            return false;
        }
        if (levels == 0) {
            return true;
        }
        for (JsonNode child : node) {
            if (isDeeperThan(child, levels - 1)) {
                return true;
            }
        }
        return false;
    }
}
