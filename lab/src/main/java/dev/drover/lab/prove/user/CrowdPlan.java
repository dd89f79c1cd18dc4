package dev.drover.lab.prove.user;

import java.time.Duration;
import java.util.Set;

/** @param work of {@link Crowd#WORKS} */
public record CrowdPlan(int users, int stepsPerSecond, long seed, Set<String> work) {
    public CrowdPlan {
        work = Set.copyOf(work);
    }

    boolean does(String kind) {
        return work.contains(kind);
    }

    public Duration betweenSteps() {
        return Duration.ofNanos(1_000_000_000L * users / stepsPerSecond);
    }
}
