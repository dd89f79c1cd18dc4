package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.drover.deploy.NetworkEdges.Edge;

/** What the policies allow is what the configuration needs: no edge is missing, and none is left over. */
class NetworkEdgesTest {

    private static final Pattern BACKEND =
            Pattern.compile("server-template \\S+ \\d+ ([a-z0-9-]+)\\.\\S+:(\\d+)( check port (\\d+))?");

    private static final int MANAGEMENT_PORT = 9000;

    private final Manifests manifests = Manifests.kind();

    @Test
    void thePoliciesAllowWhatTheConfigurationNeedsAndNothingElse() {
        Set<Edge> needed = new TreeSet<>();
        needed.addAll(edgesOfServices());
        needed.addAll(edgesOfTheEdge());
        needed.addAll(edgesOfTheLab());
        needed.add(new Edge("object-store-bucket", "object-store", storePort()));

        assertThat(new NetworkEdges(manifests).allowed()).containsExactlyInAnyOrderElementsOf(needed);
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void nobodyIsOutsideThePolicies(Manifests any) {
        assertThat(new NetworkEdges(any).unguarded("Ingress")).isEmpty();
        assertThat(new NetworkEdges(any).unguarded("Egress")).isEmpty();
    }

    private Set<Edge> edgesOfServices() {
        Set<Edge> edges = new TreeSet<>();
        manifests.serviceTemplates().forEach((name, template) -> {
            Map<String, String> environment = manifests.environment(template);
            edges.add(edge(name, "redis", 6379));
            if (environment.containsKey("JWKS_URL")) {
                edges.add(edge(name, URI.create(environment.get("JWKS_URL"))));
            }
            if (environment.containsKey("S3_ENDPOINT")) {
                edges.add(edge(name, URI.create(environment.get("S3_ENDPOINT"))));
            }
            // Only workers send mails.
            if ("worker".equals(environment.get("JOBS_ROLE"))) {
                edges.add(edge(name, environment.get("SMTP_HOST"), Integer.parseInt(environment.get("SMTP_PORT"))));
            }
        });
        return edges;
    }

    private Set<Edge> edgesOfTheEdge() {
        Set<Edge> edges = new TreeSet<>();
        Matcher backend = BACKEND.matcher(manifests.edgeConfig());
        while (backend.find()) {
            int port = Integer.parseInt(backend.group(2));
            edges.add(edge("edge", backend.group(1), port));
            int checked = backend.group(4) == null ? MANAGEMENT_PORT : Integer.parseInt(backend.group(4));
            edges.add(new Edge("edge", edge("edge", backend.group(1), port).to(), checked));
        }
        assertThat(edges).as("the backends were found").hasSizeGreaterThan(5);
        return edges;
    }

    /** It shows every service's meters, proves every instance that is served, and does as clients do. */
    private Set<Edge> edgesOfTheLab() {
        Set<Edge> edges = new TreeSet<>();
        edges.add(edge("lab", "edge", 80));
        edges.add(edge("lab", "edge", 8081));
        manifests.serviceTemplates().keySet().forEach(name -> {
            edges.add(new Edge("lab", name, MANAGEMENT_PORT));
            if (manifests.named("Service", name).isPresent()) {
                edges.add(new Edge("lab", name, 8080));
            }
        });
        return edges;
    }

    private int storePort() {
        return manifests
                .podTemplates()
                .get("object-store")
                .at("/spec/containers/0/ports/0/containerPort")
                .asInt();
    }

    private Edge edge(String from, URI target) {
        return edge(from, target.getHost(), target.getPort() < 0 ? 80 : target.getPort());
    }

    /** From the name and port of a Service to the pods and the port behind it. */
    private Edge edge(String from, String service, int port) {
        JsonNode found =
                manifests.named("Service", service).orElseThrow(() -> new AssertionError("no Service " + service));
        String pods = manifests.podTemplates().entrySet().stream()
                .filter(template -> Selectors.matches(
                        found.at("/spec/selector"), template.getValue().at("/metadata/labels")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        for (JsonNode offered : found.at("/spec/ports")) {
            if (offered.path("port").asInt() == port) {
                return new Edge(from, pods, offered.path("targetPort").asInt());
            }
        }
        throw new AssertionError(service + " has no port " + port);
    }
}
