package dev.drover.lab.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.drover.lab.rounds.Rounds;

/** Processor time and memory of the pods, as metrics.k8s.io has them, when the cluster has that. It measures four times a minute. */
final class PodUsage implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final String namespace;
    private volatile Map<String, Used> used = Map.of();
    private volatile boolean measured = true;
    private Rounds looking;

    /** @param cores of processor time, on average since the measurement before */
    record Used(double cores, long memoryBytes) {}

    PodUsage(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    void start() {
        looking = Rounds.start("pod-usage", () -> {
            look();
            return LOOK;
        });
    }

    /** By the name of the pod. */
    Map<String, Used> used() {
        return used;
    }

    /** Whether the cluster measures at all. */
    boolean isMeasured() {
        return measured;
    }

    void look() {
        try {
            used = client.top().pods().metrics(namespace).getItems().stream()
                    .collect(Collectors.toMap(pod -> pod.getMetadata().getName(), PodUsage::used, (one, same) -> one));
            measured = !used.isEmpty();
        } catch (KubernetesClientException e) {
            // Not installed, not up, or not allowed: then there is nothing to show.
            used = Map.of();
            measured = false;
        }
    }

    private static Used used(PodMetrics pod) {
        double cores = 0;
        double bytes = 0;
        for (ContainerMetrics container : pod.getContainers()) {
            cores += amount(container, "cpu");
            bytes += amount(container, "memory");
        }
        return new Used(cores, Math.round(bytes));
    }

    private static double amount(ContainerMetrics container, String resource) {
        Quantity quantity = container.getUsage().get(resource);
        return quantity == null ? 0 : Quantity.getAmountInBytes(quantity).doubleValue();
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.close();
        }
    }
}
