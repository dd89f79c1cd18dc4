package dev.drover.lab.cluster;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;

/** How far the replacement of a Deployment's pods is. */
final class Rollout {
    private Rollout() {}

    /** Some pods are yet to be replaced. One that was killed is another matter. */
    static boolean isUnderWay(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        if (status == null || status.getObservedGeneration() == null) {
            return false;
        }
        Long generation = deployment.getMetadata().getGeneration();
        boolean unseen = generation != null && generation > status.getObservedGeneration();
        return unseen || count(status.getUpdatedReplicas()) < count(status.getReplicas());
    }

    /** All are new, and ready. */
    static boolean isOver(Deployment deployment) {
        return !isUnderWay(deployment)
                && deployment.getStatus() != null
                && count(deployment.getStatus().getAvailableReplicas())
                        >= count(deployment.getSpec().getReplicas());
    }

    private static int count(Integer replicas) {
        return replicas == null ? 0 : replicas;
    }
}
