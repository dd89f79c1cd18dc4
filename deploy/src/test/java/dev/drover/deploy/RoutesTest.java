package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import dev.drover.lab.fleet.Service;

/** The same paths lead to the same services by the gateway's routes, by the edge and by the gateway of {@code ./drover up}. */
class RoutesTest {

    private static final Pattern BACKEND = Pattern.compile("use_backend (\\w+) if \\{ path ([^}]+) }");
    private static final String LAB = "lab";

    /** What goes on for longer than an answer takes: sockets, and leases that wait for a job. */
    private static final List<String> LASTING = List.of("/realtime", "/queues/{queue}/lease");

    private final ObjectNode api = document();

    @Test
    void everyPathOfTheApiLeadsToTheServiceThatServesItByAnyGateway() {
        List<String> paths = new ArrayList<>();
        api.path("paths").fieldNames().forEachRemaining(paths::add);
        paths.add("/realtime");

        assertThat(paths).hasSizeGreaterThan(50).allSatisfy(path -> {
            String expected = Service.serving(path)
                            .orElseThrow(() -> new AssertionError(path))
                            .label() + "-service";
            assertThat(rule(path).at("/backendRefs/0/name").asText()).as(path).isEqualTo(expected);
            assertThat(byTheEdge(path)).as(path).isEqualTo(expected);
        });
    }

    /** A gateway's limit would cut streams, sockets and long polls; whatever else takes long is better told so. */
    @Test
    void whatLastsHasNoLimitAndHardlyAnythingElse() {
        api.path("paths").properties().forEach(path -> {
            if (isStream(path.getValue()) || LASTING.contains(path.getKey())) {
                assertThat(limit(path.getKey())).as(path.getKey()).isEqualTo("0s");
            }
        });
        assertThat(limit("/realtime")).isEqualTo("0s");
        for (String path : List.of("/auth/login", "/profiles/me", "/ofrep/v1/evaluate/flags", "/media/uploads")) {
            assertThat(limit(path)).as(path).isEqualTo("30s");
        }
    }

    private static boolean isStream(JsonNode path) {
        return path.findValues("content").stream().anyMatch(content -> content.has("text/event-stream"));
    }

    private static String limit(String path) {
        return rule(path).at("/timeouts/request").asText();
    }

    /** As the Gateway API has it: the longest prefix that ends with a segment of the path. */
    private static JsonNode rule(String path) {
        Map<String, JsonNode> rules = new TreeMap<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        Manifests.production().ofKind("HTTPRoute").forEach(route -> route.at("/spec/rules")
                .forEach(rule -> rule.path("matches")
                        .forEach(match -> rules.put(match.at("/path/value").asText(), rule))));
        return rules.entrySet().stream()
                .filter(rule -> path.equals(rule.getKey()) || path.startsWith(rule.getKey() + "/"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no route for " + path))
                .getValue();
    }

    private static String byTheEdge(String path) {
        Matcher backend = BACKEND.matcher(Manifests.kind().edgeConfig());
        while (backend.find()) {
            for (String prefix : backend.group(2).trim().split(" ")) {
                if (!backend.group(1).equals(LAB) && (path.equals(prefix) || path.startsWith(prefix + "/"))) {
                    return backend.group(1) + "-service";
                }
            }
        }
        throw new AssertionError("the edge has no backend for " + path);
    }

    private static ObjectNode document() {
        try {
            return ManifestYaml.read(Repository.HOME.resolve("docs/api/openapi.yaml"))
                    .getFirst();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
