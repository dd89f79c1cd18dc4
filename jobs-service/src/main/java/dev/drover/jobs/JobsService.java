package dev.drover.jobs;

import io.quarkus.runtime.annotations.QuarkusMain;

import dev.drover.platform.config.EnvironmentContract;
import dev.drover.platform.config.ServiceLauncher;

/** Queues, workers and schedules: the API and the workers in one program, told apart by {@code JOBS_ROLE}. */
@QuarkusMain
public final class JobsService {

    private JobsService() {}

    public static void main(String... args) {
        ServiceLauncher.launch(contract(), args);
    }

    /** What it reads from its environment; the manifests are compared with it. */
    public static EnvironmentContract contract() {
        return JobsEnvironment.contract();
    }
}
