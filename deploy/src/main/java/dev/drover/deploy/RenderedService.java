package dev.drover.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the build of one service wrote to {@code target/kubernetes}, without what says nothing or belongs elsewhere. */
record RenderedService(String name, ObjectNode deployment, Optional<ObjectNode> service) {

    /** The build's, of which an applied object has no use; versions are the business of an overlay's images. */
    private static final Set<String> NO_LABELS = Set.of("app.kubernetes.io/managed-by", "app.kubernetes.io/version");

    private static final String NAME_LABEL = "app.kubernetes.io/name";

    /** Written by the framework into every container; nobody reads it. */
    private static final String NAMESPACE_VARIABLE = "KUBERNETES_NAMESPACE";

    /** Where the platform gives pods an identity for S3, and the mail server asks for no password, nobody makes them. */
    private static final Set<String> MAY_BE_MISSING = Set.of("drover-object-store", "drover-jobs");

    static RenderedService read(Path home, String name) throws IOException {
        Path file = home.resolve(name).resolve("target/kubernetes/kubernetes.yml");
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is missing: build the services first (./drover manifests does)");
        }
        ObjectNode deployment = null;
        ObjectNode service = null;
        for (ObjectNode object : ManifestYaml.read(file)) {
            switch (object.path("kind").asText()) {
                case "Deployment" -> deployment = object;
                case "Service" -> service = object;
                default -> {
                    // A ServiceAccount is the same three lines for each, and is written anew.
                }
            }
        }
        if (deployment == null || service == null) {
            throw new IOException(file + " has no Deployment or no Service");
        }
        tidy(deployment, name);
        tidy(service, name);
        return new RenderedService(name, deployment, Optional.of(service));
    }

    /** The same program in another role: a Deployment of its own name, and nobody calls it. */
    RenderedService inRole(String otherName, String variable, String role) {
        ObjectNode other = deployment.deepCopy();
        rename((ObjectNode) other.get("metadata"), otherName);
        rename((ObjectNode) other.at("/spec/template/metadata"), otherName);
        ((ObjectNode) other.at("/spec/selector/matchLabels")).put(NAME_LABEL, otherName);
        ((ObjectNode) other.at("/spec/template/spec")).put("serviceAccountName", otherName);
        for (JsonNode entry : other.at("/spec/template/spec/containers/0/env")) {
            if (entry.path("name").asText().equals(variable)) {
                ((ObjectNode) entry).put("value", role);
            }
        }
        return new RenderedService(otherName, other, Optional.empty());
    }

    private static void rename(ObjectNode metadata, String name) {
        if (metadata.has("name")) {
            metadata.put("name", name);
        }
        ((ObjectNode) metadata.get("labels")).put(NAME_LABEL, name);
    }

    private static void tidy(ObjectNode object, String name) {
        tidyMetadata((ObjectNode) object.get("metadata"));
        ObjectNode spec = (ObjectNode) object.get("spec");
        // The autoscaler's business.
        spec.remove("replicas");
        if (spec.path("type").asText().equals("ClusterIP")) {
            spec.remove("type");
        }
        if (spec.at("/template/metadata") instanceof ObjectNode template) {
            tidyMetadata(template);
            spec.at("/template/spec/containers").forEach(container -> tidyContainer((ObjectNode) container, name));
        }
        dropDefaults(object);
    }

    private static void tidyMetadata(ObjectNode metadata) {
        metadata.remove("annotations");
        if (metadata.get("labels") instanceof ObjectNode labels) {
            labels.remove(NO_LABELS);
        }
    }

    private static void tidyContainer(ObjectNode container, String name) {
        container.put("image", "drover/" + name);
        // The build writes them in no order of its own.
        for (String unordered : List.of("env", "envFrom", "ports", "volumeMounts")) {
            if (container.get(unordered) instanceof ArrayNode list) {
                sort(list);
            }
        }
        for (JsonNode source : container.path("envFrom")) {
            if (MAY_BE_MISSING.contains(source.at("/secretRef/name").asText())) {
                ((ObjectNode) source.path("secretRef")).put("optional", true);
            }
        }
        if (container.get("env") instanceof ArrayNode env) {
            for (int i = env.size() - 1; i >= 0; i--) {
                if (env.get(i).path("name").asText().equals(NAMESPACE_VARIABLE)) {
                    env.remove(i);
                }
            }
            if (env.isEmpty()) {
                container.remove("env");
            }
        }
    }

    private static void sort(ArrayNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        elements.sort(
                Comparator.comparing((JsonNode element) -> element.path("name").asText())
                        .thenComparing(JsonNode::toString));
        list.removeAll().addAll(elements);
    }

    /** What the API server would fill in itself. */
    private static void dropDefaults(JsonNode node) {
        if (node instanceof ObjectNode object) {
            dropIf(object, "protocol", "TCP");
            dropIf(object, "scheme", "HTTP");
            dropIf(object, "successThreshold", "1");
            dropIf(object, "initialDelaySeconds", "0");
            dropIf(object, "optional", "false");
            // As text it would be taken for a malformed percentage.
            toNumber(object, "maxSurge");
            toNumber(object, "maxUnavailable");
        }
        List<JsonNode> children = new ArrayList<>();
        node.elements().forEachRemaining(children::add);
        children.forEach(RenderedService::dropDefaults);
    }

    private static void toNumber(ObjectNode object, String field) {
        if (object.path(field).isTextual() && object.path(field).asText().matches("[0-9]+")) {
            object.put(field, object.path(field).asInt());
        }
    }

    private static void dropIf(ObjectNode object, String field, String value) {
        if (object.path(field).isValueNode() && object.path(field).asText().equals(value)) {
            object.remove(field);
        }
    }
}
