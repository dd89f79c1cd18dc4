package dev.drover.lab.cluster;

import java.io.IOException;
import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;

import dev.drover.lab.room.StorePort;

/** A store that runs as a pod of this namespace. Where there has been no such pod, the store is somebody else's and left alone. */
final class ClusterStore implements StorePort {
    private final ClusterView view;
    private final ClusterHands hands;
    private final String name;
    private volatile boolean seen;

    /** @param name of the StatefulSet */
    ClusterStore(ClusterView view, ClusterHands hands, String name) {
        this.view = view;
        this.hands = hands;
        this.name = name;
    }

    @Override
    public String state() {
        List<Pod> pods = view.pods(name);
        seen |= !pods.isEmpty();
        if (!seen) {
            return GIVEN;
        }
        return pods.stream().anyMatch(PodState::isReady) ? "running" : "restarting";
    }

    @Override
    public List<String> changes(String state) {
        return state.equals("running") ? List.of("kill") : List.of();
    }

    /** The StatefulSet makes the pod anew, on the same volume. */
    @Override
    public void apply(String change) throws IOException {
        if (!change.equals("kill")) {
            throw new IOException("a store in a cluster can only be killed, and comes back");
        }
        for (Pod pod : view.pods(name)) {
            hands.kill(pod.getMetadata().getName());
        }
    }
}
