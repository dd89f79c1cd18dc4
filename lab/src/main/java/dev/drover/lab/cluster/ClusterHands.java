package dev.drover.lab.cluster;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** What can be done to a suite in a namespace. Each asks the API once or twice and does not wait for what comes of it. */
public final class ClusterHands {
    /** The annotation by which kubectl rolls a Deployment, so that either sees the other's. */
    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;

    public ClusterHands(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
    }

    private interface Deed<T> {
        T done();
    }

    /** Without a warning. @return whether there is such a pod */
    public boolean kill(String pod) throws IOException {
        return tried(() -> !resource(pod).withGracePeriod(0).delete().isEmpty(), false);
    }

    /** With the time it has to end. @return whether there is such a pod */
    public boolean drain(String pod) throws IOException {
        return tried(
                () -> !resource(pod)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete()
                        .isEmpty(),
                false);
    }

    /** @return whether there is such a Deployment */
    public boolean scale(String deployment, int replicas) throws IOException {
        return tried(
                () -> {
                    var resource =
                            client.apps().deployments().inNamespace(namespace).withName(deployment);
                    Scale scale = resource.scale();
                    if (scale == null) {
                        return false;
                    }
                    scale.getSpec().setReplicas(replicas);
                    resource.scale(scale);
                    return true;
                },
                false);
    }

    /** Its pods are replaced one after the other. @return whether there is such a Deployment */
    public boolean restart(String deployment) throws IOException {
        String patch = """
                {"spec":{"template":{"metadata":{"annotations":{"%s":"%s"}}}}}""".formatted(RESTARTED_AT, clock.instant());
        return tried(
                () -> client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withName(deployment)
                                .patch(PatchContext.of(PatchType.JSON_MERGE), patch)
                        != null,
                false);
    }

    private PodResource resource(String pod) {
        return client.pods().inNamespace(namespace).withName(pod);
    }

    private static <T> T tried(Deed<T> deed, T whenNotThere) throws IOException {
        try {
            return deed.done();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return whenNotThere;
            }
            String why = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
            throw new IOException("the cluster did not do it: " + why, e);
        }
    }
}
