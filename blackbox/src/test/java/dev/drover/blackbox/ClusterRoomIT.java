package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control room as the program of a pod: the real one, before a cluster's API that has lists and watches and runs nothing. */
class ClusterRoomIT {
    private static final String NAMESPACE = "herd";
    private static final String NAME = "app.kubernetes.io/name";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private KubernetesMockServer api;
    private NamespacedKubernetesClient client;

    @BeforeEach
    void aClusterWithASuite() {
        api = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        api.init(InetAddress.getLoopbackAddress(), 0);
        client = api.createClient();
        for (String service : new String[] {"auth", "profile", "media", "jobs", "realtime"}) {
            client.resource(deployment(service + "-service")).create();
            client.resource(pod(service + "-service-5f7d9-one", service + "-service"))
                    .create();
            client.resource(pod(service + "-service-5f7d9-two", service + "-service"))
                    .create();
        }
        client.resource(pod("redis-0", "redis")).create();
    }

    @AfterEach
    void close() {
        client.close();
        api.destroy();
    }

    @Test
    void inABrowserNothingIsShownOrDoneWithoutTheToken() throws Exception {
        int port = freePort();
        URI address = URI.create("http://localhost:" + port);
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        Process room = launch(Map.of(
                "LAB_NAMESPACE", NAMESPACE,
                "LAB_TOKEN_FILE", token.toString(),
                "LAB_DATA", folder.resolve("data").toString(),
                "LAB_EDGE_URL", "http://127.0.0.1:" + freePort(),
                "PUBLIC_BASE_URL", address.toString(),
                "BIND_HOST", "127.0.0.1",
                "PORT", Integer.toString(port)));
        try {
            Eventually.within(Duration.ofSeconds(60)).until(() -> status(address.resolve("/q/health/ready")) == 200);
            assertThat(status(address.resolve("/lab/stream"))).isEqualTo(401);
            assertThat(status(address.resolve("/lab/fleet"))).isEqualTo(401);

            Browser.run(
                    "cluster.test.js",
                    Map.of(
                            "GATEWAY",
                            address.toString(),
                            "TOKEN",
                            TOKEN,
                            "PODS",
                            "http://127.0.0.1:" + api.getPort() + "/api/v1/namespaces/" + NAMESPACE + "/pods/"));
        } finally {
            room.destroy();
            if (!room.waitFor(20, TimeUnit.SECONDS)) {
                room.destroyForcibly();
            }
        }
    }

    private Process launch(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        LabProcess.java(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        LabProcess.home()
                                .resolve("lab/target/quarkus-app/quarkus-run.jar")
                                .toString(),
                        "room")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("room.out").toFile());
        builder.environment()
                .putAll(Map.of(
                        "KUBERNETES_MASTER", "http://127.0.0.1:" + api.getPort(),
                        "KUBERNETES_AUTH_TRYKUBECONFIG", "false",
                        "KUBERNETES_AUTH_TRYSERVICEACCOUNT", "false"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            return taken.getLocalPort();
        }
    }

    private static int status(URI address) {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static Pod pod(String name, String app) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .withLabels(Map.of(NAME, app))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("service")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    private static Deployment deployment(String name) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withLabels(Map.of(NAME, name))
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }
}
