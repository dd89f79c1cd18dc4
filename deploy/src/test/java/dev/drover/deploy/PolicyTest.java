package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every manifest keeps to, whichever overlay and components it comes from. */
class PolicyTest {

    private static final int NOBODY_PRIVILEGED = 10_000;
    private static final String LAB = "lab";
    private static final Duration TO_END = Duration.ofSeconds(3);
    private static final Duration DRAIN_DELAY = Duration.ofSeconds(1);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern LOOKS = Pattern.compile("inter (\\d+)s fall (\\d+)");

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void everyPodIsWhatTheRestrictedStandardAsksFor(Manifests manifests) {
        manifests.podTemplates().forEach((name, template) -> {
            JsonNode pod = template.at("/spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                    .as(name)
                    .isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).as(name).isGreaterThan(NOBODY_PRIVILEGED);
            assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                    .as(name)
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.at("/automountServiceAccountToken").asBoolean(true))
                    .as("%s has a token of the cluster only if it is the lab", name)
                    .isEqualTo(name.equals(LAB));
            assertThat(pod.at("/enableServiceLinks").asBoolean(true)).as(name).isFalse();
            for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
                assertThat(pod.has(shared)).as(name + " " + shared).isFalse();
            }
            for (JsonNode container : pod.path("containers")) {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .as(name)
                        .isFalse();
                assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                        .as(name)
                        .isTrue();
                assertThat(security.at("/capabilities/drop/0").asText())
                        .as(name)
                        .isEqualTo("ALL");
                assertThat(security.at("/capabilities").has("add")).as(name).isFalse();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void noServiceCanWriteToADisk(Manifests manifests) {
        manifests.serviceTemplates().forEach((name, template) -> {
            for (JsonNode mount : template.at("/spec/containers/0/volumeMounts")) {
                assertThat(mount.path("readOnly").asBoolean())
                        .as("%s: %s", name, mount)
                        .isTrue();
            }
            for (JsonNode volume : template.at("/spec/volumes")) {
                assertThat(volume.has("secret") || volume.has("configMap"))
                        .as("%s: %s", name, volume)
                        .isTrue();
            }
        });
    }

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

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void imagesArePinnedAndNoSecretIsInTheTree(Manifests manifests) {
        manifests.podTemplates().forEach((name, template) -> {
            for (JsonNode container : template.at("/spec/containers")) {
                assertThat(container.path("image").asText())
                        .as(name)
                        .matches(".+(:[^/]+|@sha256:[0-9a-f]{64})")
                        .doesNotEndWith(":latest");
            }
        });
        assertThat(manifests.ofKind("Secret")).isEmpty();
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

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void theNamespaceEnforcesTheRestrictedStandard(Manifests manifests) {
        JsonNode labels =
                manifests.ofKind("Namespace").findFirst().orElseThrow().at("/metadata/labels");

        assertThat(labels.path("pod-security.kubernetes.io/enforce").asText()).isEqualTo("restricted");
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void everyPodHasAnAccountOfItsOwn(Manifests manifests) {
        Set<String> accounts = new TreeSet<>();
        manifests.ofKind("ServiceAccount").map(Manifests::nameOf).forEach(accounts::add);
        manifests.podTemplates().forEach((name, template) -> {
            if (manifests.named("Job", name).isEmpty()) {
                assertThat(template.at("/spec/serviceAccountName").asText()).isEqualTo(name);
                assertThat(accounts).contains(name);
            }
        });
        for (String kind : List.of("Role", "RoleBinding")) {
            assertThat(manifests.ofKind(kind).map(Manifests::nameOf))
                    .as("who asks the cluster anything, by a %s", kind)
                    .isSubsetOf(LAB);
        }
        assertThat(manifests.ofKind("ClusterRole").toList()).isEmpty();
        assertThat(manifests.ofKind("ClusterRoleBinding").toList()).isEmpty();
    }

    @Test
    void theLabMayDoWhatItDoesAndNothingElse() {
        JsonNode role = Manifests.kind().named("Role", LAB).orElseThrow();
        Map<String, Set<String>> granted = new TreeMap<>();
        role.path("rules").forEach(rule -> {
            assertThat(rule.path("apiGroups")).hasSize(1);
            rule.path("resources")
                    .forEach(resource -> granted.put(
                            rule.at("/apiGroups/0").asText() + "/" + resource.asText(), texts(rule.path("verbs"))));
        });

        assertThat(granted)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "/pods", Set.of("get", "list", "watch", "delete"),
                        "apps/deployments", Set.of("get", "list", "watch", "patch"),
                        "apps/deployments/scale", Set.of("get", "update", "patch"),
                        "autoscaling/horizontalpodautoscalers", Set.of("get", "list", "watch"),
                        "metrics.k8s.io/pods", Set.of("get", "list")));
        JsonNode binding = Manifests.kind().named("RoleBinding", LAB).orElseThrow();
        assertThat(binding.at("/subjects")).hasSize(1);
        assertThat(binding.at("/subjects/0/name").asText()).isEqualTo(LAB);
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
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
