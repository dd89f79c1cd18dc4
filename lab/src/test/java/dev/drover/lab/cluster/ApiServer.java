package dev.drover.lab.cluster;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.RecordedRequest;

/** A cluster's API over HTTP, with lists and watches and nothing behind it: no pod of it ever runs. */
public final class ApiServer implements AutoCloseable {
    public static final String NAMESPACE = "herd";

    private final KubernetesMockServer server;
    private final NamespacedKubernetesClient client;

    public ApiServer() {
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        client = server.createClient();
    }

    NamespacedKubernetesClient client() {
        return client;
    }

    /** Another one, for who closes what it was given. */
    NamespacedKubernetesClient newClient() {
        return server.createClient();
    }

    int port() {
        return server.getPort();
    }

    /** One that goes to it by another port. */
    NamespacedKubernetesClient clientThrough(int port) {
        Config config = new ConfigBuilder(client.getConfiguration())
                .withMasterUrl("http://127.0.0.1:" + port)
                .build();
        return server.createClient(builder -> builder.withConfig(config));
    }

    /** As it is once it is ready. */
    static Pod pod(String name, String app) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .withLabels(Map.of(ClusterView.NAME, app))
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

    /** Not ready, and its container as given. */
    static Pod unready(String name, String app, boolean started) {
        return new PodBuilder(pod(name, app))
                .withNewStatus()
                .withPhase(started ? "Running" : "Pending")
                .addNewContainerStatus()
                .withName("service")
                .withStarted(started)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    static Deployment deployment(String name, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withGeneration(1L)
                .withLabels(Map.of(ClusterView.NAME, name))
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .endMetadata()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withReplicas(replicas)
                .withUpdatedReplicas(replicas)
                .endStatus()
                .build();
    }

    void add(Pod pod) {
        client.resource(pod).create();
    }

    void add(Deployment deployment) {
        client.resource(deployment).create();
    }

    void autoscale(String name, int min, int max) {
        client.resource(new HorizontalPodAutoscalerBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .withLabels(Map.of(ClusterView.NAME, name))
                        .endMetadata()
                        .withNewSpec()
                        .withMinReplicas(min)
                        .withMaxReplicas(max)
                        .addNewMetric()
                        .withType("ContainerResource")
                        .withNewContainerResource()
                        .withName("cpu")
                        .withContainer("service")
                        .withNewTarget()
                        .withType("Utilization")
                        .withAverageUtilization(70)
                        .endTarget()
                        .endContainerResource()
                        .endMetric()
                        .endSpec()
                        .build())
                .create();
    }

    boolean hasPod(String name) {
        return client.pods().inNamespace(NAMESPACE).withName(name).get() != null;
    }

    /** What it was asked since the last time. */
    List<RecordedRequest> requests() throws InterruptedException {
        List<RecordedRequest> taken = new ArrayList<>();
        for (RecordedRequest request = server.takeRequest(50, TimeUnit.MILLISECONDS);
                request != null;
                request = server.takeRequest(50, TimeUnit.MILLISECONDS)) {
            taken.add(request);
        }
        return taken;
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
