package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pod and its account may do, whichever overlay and components they come from: as little as there is. */
class PodSecurityTest {

    private static final int NOBODY_PRIVILEGED = 10_000;
    private static final String LAB = "lab";

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
}
