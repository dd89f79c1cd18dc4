package dev.drover.lab.cluster;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;

import dev.drover.lab.room.Member.Condition;

/** What a pod's record says of its life. */
final class PodState {
    private PodState() {}

    static Condition condition(Pod pod) {
        String phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        if (phase.equals("Failed") || phase.equals("Succeeded")) {
            return Condition.DEAD;
        }
        if (isGoing(pod)) {
            return Condition.DRAINING;
        }
        if (hasReadyCondition(pod)) {
            return Condition.READY;
        }
        boolean started = containers(pod).stream()
                .anyMatch(container -> Boolean.TRUE.equals(container.getStarted())
                        && container.getState() != null
                        && container.getState().getRunning() != null);
        return started ? Condition.NOT_READY : Condition.STARTING;
    }

    /** It may have requests. */
    static boolean isReady(Pod pod) {
        return condition(pod) == Condition.READY;
    }

    static Instant createdAt(Pod pod, Instant otherwise) {
        try {
            return Instant.parse(pod.getMetadata().getCreationTimestamp());
        } catch (DateTimeParseException | NullPointerException e) {
            return otherwise;
        }
    }

    /** Why it does not come up or does not stay, in a sentence. */
    static Optional<String> trouble(Pod pod) {
        String name = pod.getMetadata().getName();
        for (ContainerStatus container : containers(pod)) {
            ContainerStateWaiting waiting =
                    container.getState() == null ? null : container.getState().getWaiting();
            if (waiting != null && waiting.getReason() != null && !isOrdinary(waiting.getReason())) {
                return Optional.of(name + " waits: " + waiting.getReason()
                        + (waiting.getMessage() == null ? "" : ", " + waiting.getMessage()));
            }
            ContainerStateTerminated last = container.getLastState() == null
                    ? null
                    : container.getLastState().getTerminated();
            if (last != null && !hasReadyCondition(pod)) {
                return Optional.of("%s was restarted %d times, the last time after %s with exit code %d"
                        .formatted(name, container.getRestartCount(), last.getReason(), last.getExitCode()));
            }
        }
        return unscheduled(pod).map(why -> name + " has no node: " + why);
    }

    private static Optional<String> unscheduled(Pod pod) {
        if (pod.getStatus() == null || pod.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .map(condition -> String.valueOf(condition.getMessage()))
                .findFirst();
    }

    private static boolean isOrdinary(String reason) {
        return reason.equals("ContainerCreating") || reason.equals("PodInitializing");
    }

    private static boolean isGoing(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    private static boolean hasReadyCondition(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static List<ContainerStatus> containers(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                ? List.of()
                : pod.getStatus().getContainerStatuses();
    }
}
