package dev.drover.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

/** Which pod may open a connection to which, by the policies alone. Only within the namespace; addresses outside it are another question. */
record NetworkEdges(Manifests manifests) {

    record Edge(String from, String to, int port) implements Comparable<Edge> {

        @Override
        public int compareTo(Edge other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return from + " -> " + to + ":" + port;
        }
    }

    Set<Edge> allowed() {
        Set<Edge> edges = new TreeSet<>();
        manifests
                .podTemplates()
                .forEach((from, source) -> manifests.podTemplates().forEach((to, target) -> {
                    for (JsonNode port : target.at("/spec/containers/0/ports")) {
                        int number = port.path("containerPort").asInt();
                        if (!from.equals(to)
                                && isOpen(labels(source), labels(target), number, "Egress", "egress", "to")
                                && isOpen(labels(target), labels(source), number, "Ingress", "ingress", "from")) {
                            edges.add(new Edge(from, to, number));
                        }
                    }
                }));
        return edges;
    }

    /** Pods no policy selects in this direction: the default-deny policy leaves none. */
    List<String> unguarded(String direction) {
        List<String> names = new ArrayList<>();
        manifests.podTemplates().forEach((name, template) -> {
            if (policies(labels(template), direction).isEmpty()) {
                names.add(name);
            }
        });
        return names;
    }

    private boolean isOpen(JsonNode selected, JsonNode peer, int port, String direction, String rules, String peers) {
        List<JsonNode> policies = policies(selected, direction);
        if (policies.isEmpty()) {
            return true;
        }
        for (JsonNode policy : policies) {
            for (JsonNode rule : policy.path("spec").path(rules)) {
                if (hasPort(rule, port) && hasPeer(rule.path(peers), peer)) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<JsonNode> policies(JsonNode labels, String direction) {
        List<JsonNode> found = new ArrayList<>();
        manifests.ofKind("NetworkPolicy").forEach(policy -> {
            boolean hasDirection = false;
            for (JsonNode type : policy.at("/spec/policyTypes")) {
                hasDirection |= type.asText().equals(direction);
            }
            if (hasDirection && Selectors.selects(policy.at("/spec/podSelector"), labels)) {
                found.add(policy);
            }
        });
        return found;
    }

    private static boolean hasPort(JsonNode rule, int port) {
        if (!rule.has("ports")) {
            return true;
        }
        for (JsonNode allowed : rule.path("ports")) {
            if (allowed.path("port").asInt() == port
                    && !allowed.path("protocol").asText("TCP").equals("UDP")) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasPeer(JsonNode peers, JsonNode labels) {
        if (peers.isMissingNode()) {
            return true;
        }
        for (JsonNode peer : peers) {
            // Another namespace's, or an address: no pod of ours.
            if (peer.has("podSelector")
                    && !peer.has("namespaceSelector")
                    && Selectors.selects(peer.path("podSelector"), labels)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode labels(JsonNode template) {
        return template.at("/metadata/labels");
    }
}
