package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a lost node, a lost zone or a rollout at full size must find. */
class AvailabilityTest {

    private static final String NAME = "app.kubernetes.io/name";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String NODE = "kubernetes.io/hostname";
    private static final Pattern SLOTS = Pattern.compile("server-template (\\S+) (\\d+) ([a-z-]+)-pods");

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void podsOfAServiceAreSpreadOverZonesAndNodesAsFarAsThereAreAny(Manifests manifests) {
        manifests.serviceTemplates().forEach((name, template) -> {
            Set<String> keys = new TreeSet<>();
            for (JsonNode spread : template.at("/spec/topologySpreadConstraints")) {
                keys.add(spread.path("topologyKey").asText());
                assertThat(spread.path("maxSkew").asInt()).as(name).isEqualTo(1);
                assertThat(spread.path("whenUnsatisfiable").asText()).as(name).isEqualTo("ScheduleAnyway");
                assertThat(Selectors.selects(spread.path("labelSelector"), template.at("/metadata/labels")))
                        .as("%s is counted by its own constraint", name)
                        .isTrue();
                assertThat(spread.path("matchLabelKeys").toString())
                        .as("and no other service, and no other version of it")
                        .contains(NAME, "pod-template-hash");
            }
            assertThat(keys).as(name).containsExactly(NODE, ZONE);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void servicesComeBeforeBatchWork(Manifests manifests) {
        manifests.serviceTemplates().forEach((name, template) -> {
            String wanted = template.at("/spec/priorityClassName").asText();
            assertThat(manifests
                            .named("PriorityClass", wanted)
                            .orElseThrow(() -> new AssertionError(name + " has no priority"))
                            .path("value")
                            .asInt())
                    .isPositive();
        });
    }

    /** The pods of a service at its most, and the one more of a rollout. */
    @Test
    void theEdgeHasRoomForAllPodsAnAutoscalerAndARolloutCanMake() {
        Manifests manifests = Manifests.kind();
        Matcher slots = SLOTS.matcher(manifests.edgeConfig());
        Set<String> seen = new TreeSet<>();
        while (slots.find()) {
            String name = slots.group(3);
            seen.add(name);
            int pods = manifests
                            .named("HorizontalPodAutoscaler", name)
                            .orElseThrow()
                            .at("/spec/maxReplicas")
                            .asInt()
                    + manifests
                            .named("Deployment", name)
                            .orElseThrow()
                            .at("/spec/strategy/rollingUpdate/maxSurge")
                            .asInt();
            assertThat(Integer.parseInt(slots.group(2))).as(name).isGreaterThanOrEqualTo(pods);
        }
        assertThat(seen)
                .containsExactlyElementsOf(manifests
                        .ofKind("Service")
                        .map(Manifests::nameOf)
                        .filter(name -> name.endsWith("-service"))
                        .sorted()
                        .toList());
    }

    /** The heap is 55 % of the memory (deploy/images), and a socket that is idle takes 22 KiB (docs/performance/tables.md). */
    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void asManySocketsAsAnInstanceTakesFitIntoItsHeap(Manifests manifests) {
        JsonNode realtime = manifests.serviceTemplates().get("realtime-service");
        double heap = 0.55
                * Quantity.of(realtime.at("/spec/containers/0/resources/limits/memory")
                        .asText());
        int sockets = Integer.parseInt(manifests.environment(realtime).get("REALTIME_SOCKETS_MAX"));

        assertThat(sockets * 22.0 * 1024).isLessThan(heap);
    }

    /** What was acknowledged is on the disk, and a rewrite of the file does not end the server. */
    @Test
    void redisKeepsWhatItAcknowledgedAndLeavesRoomForARewrite() {
        Manifests manifests = Manifests.kind();
        String config = manifests
                .ofKind("ConfigMap")
                .map(map -> map.at("/data/redis.conf").asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow();
        List<String> lines = config.lines().toList();
        assertThat(lines).contains("appendonly yes", "appendfsync always", "maxmemory-policy noeviction", "dir /data");
        Matcher memory = Pattern.compile("maxmemory (\\d+)mb").matcher(config);
        assertThat(memory.find()).isTrue();
        JsonNode redis = manifests.named("StatefulSet", "redis").orElseThrow().path("spec");
        double limit = Quantity.of(
                redis.at("/template/spec/containers/0/resources/limits/memory").asText());
        assertThat(Long.parseLong(memory.group(1)) * 1024 * 1024 * 2.0).isLessThanOrEqualTo(limit);
        assertThat(redis.at("/volumeClaimTemplates/0/metadata/name").asText()).isEqualTo("data");
    }
}
