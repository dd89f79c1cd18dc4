package dev.drover.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The objects of a rendered overlay, and the questions the tests ask of them. */
record Manifests(String name, List<ObjectNode> objects) {

    /** What is applied somewhere, and what an operator may add. Rendered once, for the tests only read them. */
    static Stream<Manifests> all() {
        return Rendered.ALL.stream();
    }

    static Manifests kind() {
        return Rendered.ALL.getFirst();
    }

    static Manifests production() {
        return Rendered.ALL.stream()
                .filter(manifests -> manifests.name().equals("production"))
                .findFirst()
                .orElseThrow();
    }

    /** Of the HAProxy of this overlay. */
    String edgeConfig() {
        return ofKind("ConfigMap")
                .map(map -> map.at("/data/haproxy.cfg").asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static final class Rendered {

        static final List<Manifests> ALL = List.of(
                new Manifests("kind, lab", Kustomize.overlay("kind", "lab", "lab-mailbox")),
                new Manifests("kind, small, monitoring", Kustomize.overlay("kind", "small", "monitoring")),
                new Manifests("kind, native, rustfs", Kustomize.overlay("kind", "native", "rustfs")),
                new Manifests("production", Kustomize.overlay("production")),
                new Manifests("production, autoscale-latency", Kustomize.overlay("production", "autoscale-latency")));
    }

    Stream<ObjectNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    Optional<ObjectNode> named(String kind, String name) {
        return ofKind(kind).filter(object -> nameOf(object).equals(name)).findFirst();
    }

    /** Everything that makes pods, by its name. */
    Map<String, JsonNode> podTemplates() {
        Map<String, JsonNode> templates = new TreeMap<>();
        Stream.of("Deployment", "StatefulSet", "Job")
                .flatMap(this::ofKind)
                .forEach(object -> templates.put(nameOf(object), object.at("/spec/template")));
        return templates;
    }

    /** Those of Drover's own services. */
    Map<String, JsonNode> serviceTemplates() {
        Map<String, JsonNode> templates = new TreeMap<>(podTemplates());
        templates.values().removeIf(template -> !label(template, "app.kubernetes.io/part-of")
                .equals("drover"));
        return templates;
    }

    /** Variables by name, as the container of a service gets them; those of Secrets with an empty value. */
    Map<String, String> environment(JsonNode template) {
        Map<String, String> variables = new TreeMap<>();
        JsonNode container = template.at("/spec/containers/0");
        for (JsonNode source : container.path("envFrom")) {
            String map = source.at("/configMapRef/name").asText();
            if (!map.isEmpty()) {
                JsonNode data = named("ConfigMap", map)
                        .orElseThrow(() -> new AssertionError("no ConfigMap " + map))
                        .path("data");
                data.properties()
                        .forEach(entry ->
                                variables.put(entry.getKey(), entry.getValue().asText()));
            }
        }
        for (JsonNode entry : container.path("env")) {
            variables.put(entry.path("name").asText(), entry.path("value").asText());
        }
        return variables;
    }

    List<String> secretSources(JsonNode template) {
        List<String> names = new ArrayList<>();
        for (JsonNode source : template.at("/spec/containers/0/envFrom")) {
            String name = source.at("/secretRef/name").asText();
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String label(JsonNode object, String key) {
        return object.path("metadata").path("labels").path(key).asText();
    }

    @Override
    public String toString() {
        return name;
    }
}
