package dev.drover.deploy;

import com.fasterxml.jackson.databind.JsonNode;

/** Label selectors, as Kubernetes reads them. */
final class Selectors {

    private Selectors() {}

    /** A plain map of labels, as of a Service. */
    static boolean matches(JsonNode wanted, JsonNode labels) {
        for (var entry : wanted.properties()) {
            if (!labels.path(entry.getKey()).equals(entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** {@code matchLabels} and {@code matchExpressions}; an empty one matches everything. */
    static boolean selects(JsonNode selector, JsonNode labels) {
        if (!matches(selector.path("matchLabels"), labels)) {
            return false;
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            if (!expression.path("operator").asText().equals("In")) {
                throw new AssertionError("the tests know only the operator In: " + expression);
            }
            boolean isIn = false;
            for (JsonNode value : expression.path("values")) {
                isIn |= labels.path(expression.path("key").asText()).equals(value);
            }
            if (!isIn) {
                return false;
            }
        }
        return true;
    }
}
