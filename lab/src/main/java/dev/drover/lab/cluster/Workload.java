package dev.drover.lab.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the suite's pods belong to, in the order it is shown. */
enum Workload {
    AUTH("auth-service"),
    PROFILE("profile-service"),
    MEDIA("media-service"),
    JOBS("jobs-service"),
    JOBS_WORKER("jobs-worker"),
    REALTIME("realtime-service");

    /** The label, and the name of the Deployment and its autoscaler. */
    private final String objectName;

    Workload(String objectName) {
        this.objectName = objectName;
    }

    String objectName() {
        return objectName;
    }

    /** What people call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Workload> named(String label) {
        return Arrays.stream(values())
                .filter(workload -> workload.label().equals(label))
                .findFirst();
    }

    /** @param objectName may be none */
    static Optional<Workload> ofObject(String objectName) {
        return Arrays.stream(values())
                .filter(workload -> workload.objectName.equals(objectName))
                .findFirst();
    }
}
