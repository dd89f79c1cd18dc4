package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every manifest keeps to, whichever overlay and components it comes from. */
class PolicyTest {

    private static final Duration TO_END = Duration.ofSeconds(3);
    private static final Duration DRAIN_DELAY = Duration.ofSeconds(1);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern LOOKS = Pattern.compile("inter (\\d+)s fall (\\d+)");

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void everyContainerAsksForWhatItNeedsAndHasABound(Manifests manifests) {
        manifests.podTemplates().forEach((name, template) -> {
            for (JsonNode container : template.at("/spec/containers")) {
                JsonNode resources = container.path("resources");
                for (String resource : List.of("cpu", "memory")) {
                    double request = Quantity.of(
                            resources.path("requests").path(resource).asText());
                    double limit =
                            Quantity.of(resources.path("limits").path(resource).asText());
                    assertThat(request).as("%s requests %s", name, resource).isPositive();
                    assertThat(limit).as("%s limits %s", name, resource).isGreaterThanOrEqualTo(request);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void whatGoesOnForEverIsProbed(Manifests manifests) {
        manifests.podTemplates().forEach((name, template) -> {
            if (manifests.named("Job", name).isPresent()) {
                return;
            }
            JsonNode container = template.at("/spec/containers/0");
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertThat(container.has(probe)).as("%s has a %s", name, probe).isTrue();
            }
        });
        manifests.serviceTemplates().forEach((name, template) -> {
            JsonNode container = template.at("/spec/containers/0");
            assertThat(container.at("/livenessProbe/httpGet/path").asText())
                    .as(name)
                    .isEqualTo("/q/health/live");
            assertThat(container.at("/readinessProbe/httpGet/path").asText())
                    .as(name)
                    .isEqualTo("/q/health/ready");
            assertThat(container.at("/startupProbe/httpGet/path").asText())
                    .as(name)
                    .isEqualTo("/q/health/started");
            assertThat(ports(container))
                    .as(name)
                    .contains(container.at("/livenessProbe/httpGet/port").asInt());
        });
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void aPodHasTheTimeToDrain(Manifests manifests) {
        manifests.serviceTemplates().forEach((name, template) -> {
            Map<String, String> environment = manifests.environment(template);
            Duration needed = Duration.ofSeconds(template.at("/spec/containers/0/lifecycle/preStop/sleep/seconds")
                            .asInt(0))
                    .plus(duration(environment, "DRAIN_DELAY", DRAIN_DELAY))
                    .plus(duration(environment, "DRAIN_TIMEOUT", DRAIN_TIMEOUT))
                    .plus(TO_END);
            assertThat(Duration.ofSeconds(
                            template.at("/spec/terminationGracePeriodSeconds").asInt()))
                    .as(name)
                    .isGreaterThanOrEqualTo(needed);
            // Who is sent requests goes on serving until every proxy knows; who is not hands its work back at once.
            boolean isServed = manifests.named("Service", name).isPresent();
            assertThat(template.at("/spec/containers/0/lifecycle/preStop").isMissingNode())
                    .as(name)
                    .isEqualTo(!isServed);
        });
    }

    @Test
    void anInstanceThatGoesServesUntilTheEdgeHasSeenIt() {
        Manifests manifests = Manifests.kind();
        Matcher looks = LOOKS.matcher(manifests.edgeConfig());
        assertThat(looks.find()).isTrue();
        Duration seen = Duration.ofSeconds(Long.parseLong(looks.group(1)))
                .multipliedBy(Long.parseLong(looks.group(2)))
                .plusSeconds(1);

        manifests.serviceTemplates().forEach((name, template) -> assertThat(
                        duration(manifests.environment(template), "DRAIN_DELAY", DRAIN_DELAY))
                .as(name)
                .isGreaterThan(seen));
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void aRolloutNeverTakesAPodAwayBeforeItsSuccessorIsReady(Manifests manifests) {
        for (String name : manifests.serviceTemplates().keySet()) {
            JsonNode spec = manifests.named("Deployment", name).orElseThrow().path("spec");
            assertThat(spec.at("/strategy/rollingUpdate/maxUnavailable").asInt(-1))
                    .as(name)
                    .isZero();
            assertThat(spec.at("/strategy/rollingUpdate/maxSurge").asInt())
                    .as(name)
                    .isEqualTo(1);
            assertThat(spec.has("replicas"))
                    .as("%s leaves its replicas to the autoscaler", name)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void nothingAnywhereTiesAClientToAnInstance(Manifests manifests) {
        List<String> found = new ArrayList<>();
        manifests.objects().forEach(object -> {
            String text = object.toString();
            for (String word : List.of(
                    "sessionAffinity",
                    "sessionPersistence",
                    "stick-table",
                    "cookie",
                    "balance source",
                    "affinity\":",
                    "ip_hash")) {
                if (text.toLowerCase(java.util.Locale.ROOT).contains(word.toLowerCase(java.util.Locale.ROOT))) {
                    found.add(object.path("kind").asText() + " " + Manifests.nameOf(object) + ": " + word);
                }
            }
        });

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void everyServiceIsScaledByItsUseOfWhatItAskedFor(Manifests manifests) {
        for (Map.Entry<String, JsonNode> service : manifests.serviceTemplates().entrySet()) {
            ObjectNode scaler = manifests
                    .named("HorizontalPodAutoscaler", service.getKey())
                    .orElseThrow(() -> new AssertionError(service.getKey() + " has no autoscaler"));
            JsonNode spec = scaler.path("spec");
            assertThat(spec.at("/scaleTargetRef/name").asText()).isEqualTo(service.getKey());
            assertThat(spec.path("minReplicas").asInt())
                    .isPositive()
                    .isLessThan(spec.path("maxReplicas").asInt());
            assertThat(spec.at("/behavior/scaleUp/stabilizationWindowSeconds").asInt(-1))
                    .isZero();
            assertThat(spec.at("/behavior/scaleDown/stabilizationWindowSeconds").asInt())
                    .isPositive();
            for (JsonNode metric : spec.path("metrics")) {
                if (metric.path("type").asText().equals("ContainerResource")) {
                    JsonNode resource = metric.path("containerResource");
                    JsonNode container = service.getValue().at("/spec/containers/0");
                    assertThat(container.path("name").asText())
                            .isEqualTo(resource.path("container").asText());
                    assertThat(container
                                    .at("/resources/requests")
                                    .has(resource.path("name").asText()))
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void aDisruptionBudgetLeavesAndTakesSomething(Manifests manifests) {
        for (String name : manifests.serviceTemplates().keySet()) {
            JsonNode budget = manifests
                    .named("PodDisruptionBudget", name)
                    .orElseThrow(() -> new AssertionError(name + " has no budget"))
                    .path("spec");
            JsonNode labels = manifests.serviceTemplates().get(name).at("/metadata/labels");
            budget.at("/selector/matchLabels").properties().forEach(label -> assertThat(labels.path(label.getKey()))
                    .as(name)
                    .isEqualTo(label.getValue()));
            // With minAvailable and a single pod a node could never be drained.
            assertThat(budget.has("minAvailable")).as(name).isFalse();
            assertThat(budget.path("maxUnavailable").asInt()).as(name).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void everyServiceSelectsPodsThatHaveItsPorts(Manifests manifests) {
        manifests.ofKind("Service").forEach(service -> {
            JsonNode selector = service.at("/spec/selector");
            List<JsonNode> selected = manifests.podTemplates().values().stream()
                    .filter(template -> Selectors.matches(selector, template.at("/metadata/labels")))
                    .toList();
            assertThat(selected).as("the pods of %s", Manifests.nameOf(service)).hasSize(1);
            for (JsonNode port : service.at("/spec/ports")) {
                assertThat(ports(selected.getFirst().at("/spec/containers/0")))
                        .as(Manifests.nameOf(service))
                        .contains(port.path("targetPort").asInt());
            }
        });
    }

    @Test
    void allOfASuiteCanBeListedAndAServiceBeFoundByItsName() {
        Manifests production = Manifests.production();

        assertThat(production.objects())
                .allSatisfy(object -> assertThat(Manifests.label(object, "app.kubernetes.io/instance"))
                        .as("%s %s", object.path("kind").asText(), Manifests.nameOf(object))
                        .isEqualTo("drover"));
        for (String name : production.serviceTemplates().keySet()) {
            for (String kind :
                    List.of("Deployment", "ServiceAccount", "HorizontalPodAutoscaler", "PodDisruptionBudget")) {
                assertThat(Manifests.label(production.named(kind, name).orElseThrow(), "app.kubernetes.io/name"))
                        .as(kind)
                        .isEqualTo(name);
            }
        }
    }

    private static Duration duration(Map<String, String> environment, String name, Duration otherwise) {
        return environment.containsKey(name) ? Duration.parse(environment.get(name)) : otherwise;
    }

    private static List<Integer> ports(JsonNode container) {
        List<Integer> ports = new ArrayList<>();
        container
                .path("ports")
                .forEach(port -> ports.add(port.path("containerPort").asInt()));
        return ports;
    }
}
