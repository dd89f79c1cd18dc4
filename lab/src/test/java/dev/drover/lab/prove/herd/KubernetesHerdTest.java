package dev.drover.lab.prove.herd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.lab.prove.FaultKind;

/** Against a kubectl that answers from files and writes down what it is told. */
class KubernetesHerdTest {
    private static final URI GATEWAY = URI.create("http://suite.example.org");

    @TempDir
    Path folder;

    @BeforeEach
    void aClusterWithTwoPodsOfOneService() throws IOException {
        nodes(1);
        Files.writeString(folder.resolve("pods.json"), """
                {"items":[%s,%s,%s]}""".formatted(
                        pod("auth-1", "True", ""), pod("auth-2", "True", ""), pod("auth-3", "False", "")));
        wanted(2);
        Path program = folder.resolve("kubectl");
        Files.writeString(program, """
                #!/bin/sh
                here=$(dirname "$0")
                echo "$*" >> "$here/told"
                case "$*" in
                  *"get nodes"*) cat "$here/nodes.json" ;;
                  *"get pods"*) cat "$here/pods.json" ;;
                  *"get deployments"*) cat "$here/deployments.json" ;;
                  *"port-forward"*) echo "Forwarding from 127.0.0.1:12345 -> 8080"; exec sleep 30 ;;
                  *"delete pod refused"*) echo "it may not" >&2; exit 1 ;;
                esac
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void readyPodsAreMembersAtForwardedPorts() throws Exception {
        try (KubernetesHerd herd = herd()) {
            assertThat(herd.members())
                    .extracting(Member::id, Member::service, Member::url)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("auth-1", "auth", URI.create("http://127.0.0.1:12345")),
                            org.assertj.core.groups.Tuple.tuple(
                                    "auth-2", "auth", URI.create("http://127.0.0.1:12345")));
            assertThat(herd.gateway()).isEqualTo(GATEWAY);
            assertThat(herd.isWhole()).isTrue();
        }
    }

    @Test
    void itIsNotWholeWhileAPodGoes() throws Exception {
        try (KubernetesHerd herd = herd()) {
            Files.writeString(folder.resolve("pods.json"), """
                    {"items":[%s,%s]}""".formatted(
                            pod("auth-1", "True", ""),
                            pod("auth-2", "True", "\"deletionTimestamp\":\"2026-11-21T00:00:00Z\",")));

            assertThat(herd.isWhole()).isFalse();
            assertThat(herd.isWholeAfter(FaultKind.KILL, "auth-2")).isFalse();
        }
    }

    @Test
    void itIsWholeWithFewerPodsWhereAnAutoscalerWantsFewer() throws Exception {
        try (KubernetesHerd herd = herd()) {
            Files.writeString(folder.resolve("pods.json"), """
                    {"items":[%s]}""".formatted(pod("auth-1", "True", "")));
            assertThat(herd.isWhole()).isFalse();

            wanted(1);

            assertThat(herd.isWhole()).isTrue();
            wanted(0);
            Files.writeString(folder.resolve("pods.json"), "{\"items\":[]}");
            assertThat(herd.isWhole()).as("nothing at all is not whole").isFalse();
        }
    }

    @Test
    void faultsAreWhatAnOperatorWouldSay() throws Exception {
        List<String> struck = new ArrayList<>();
        try (KubernetesHerd herd = herd()) {
            herd.inflict(FaultKind.KILL, "auth", 3, struck::add);
            herd.inflict(FaultKind.ROLLING, "auth", 0, struck::add);
            herd.inflict(FaultKind.SCALE, "auth", 0, struck::add);
        }

        assertThat(struck).containsExactly("auth-2", "auth", "auth");
        assertThat(Files.readAllLines(folder.resolve("told")))
                .contains(
                        "-n herd delete pod auth-2 --grace-period=0 --force --wait=false",
                        "-n herd rollout restart deployment/auth-service",
                        "-n herd scale deployment/auth-service --replicas=0",
                        "-n herd scale deployment/auth-service --replicas=2");
    }

    @Test
    void aNodeIsDrainedOnlyWhereThereIsAnother() throws Exception {
        try (KubernetesHerd herd = herd()) {
            assertThat(herd.possible()).doesNotContain(FaultKind.NODE_DRAIN);
        }
        nodes(2);
        try (KubernetesHerd herd = herd()) {
            assertThat(herd.possible()).contains(FaultKind.NODE_DRAIN);
        }
    }

    @Test
    void aNamespaceWithoutTheSuiteIsRefused() throws IOException {
        Files.writeString(folder.resolve("pods.json"), "{\"items\":[]}");

        assertThatThrownBy(this::herd).hasMessageContaining("no pod of the suite is ready");
    }

    private KubernetesHerd herd() throws IOException, InterruptedException {
        Kubectl kubectl = new Kubectl(folder.resolve("kubectl").toString(), "herd");
        return KubernetesHerd.of(kubectl, Optional.of(GATEWAY), Optional.empty());
    }

    private void wanted(int replicas) throws IOException {
        Files.writeString(folder.resolve("deployments.json"), """
                {"items":[{"metadata":{"labels":{"app.kubernetes.io/name":"auth-service"}},"spec":{"replicas":%d}}]}""".formatted(replicas));
    }

    private void nodes(int count) throws IOException {
        String node = "{\"metadata\":{\"name\":\"n\"}}";
        Files.writeString(
                folder.resolve("nodes.json"),
                "{\"items\":[" + String.join(",", java.util.Collections.nCopies(count, node)) + "]}");
    }

    private static String pod(String name, String ready, String more) {
        return """
                {"metadata":{%s"name":"%s","labels":{"app.kubernetes.io/name":"auth-service"}},
                 "status":{"conditions":[{"type":"Ready","status":"%s"}]}}""".formatted(more, name, ready);
    }
}
