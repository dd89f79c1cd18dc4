package dev.drover.jobs.worker;

import java.time.Duration;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;
import dev.drover.platform.config.bounds.NotEmpty;

/** The workers inside this process. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.worker")
public interface WorkerConfig {

    enum Role {
        API,
        WORKER,
        ALL
    }

    /** {@code api}: no workers here; {@code worker} and {@code all}: workers run. Every role answers HTTP; what is routed where is the deployment's matter. */
    @WithDefault("${JOBS_ROLE:all}")
    Role role();

    /** The queues they serve. A job of a type without a handler here fails, so a queue for workers elsewhere must not be among them. */
    @WithDefault("default,media,mail,housekeeping")
    @NotEmpty
    List<String> queues();

    /** How many jobs of each queue run at once in this process. */
    @WithDefault("4")
    @Min(1)
    @Max(1_000)
    int concurrency();

    /**
     * From how much of this machine's, or container's, processors in use, in percent, a worker uses no more than {@link #busyShare} of its hands,
     * and leaves the other jobs to instances with time; 100 for never.
     */
    @WithDefault("90")
    @Min(1)
    @Max(100)
    int cpuMax();

    /**
     * Percent of {@link #concurrency} a worker goes on with where processors are busy; one job at least. They may be busy with what it waits for, so
     * it never comes down to a trickle.
     */
    @WithDefault("50")
    @Min(1)
    @Max(100)
    int busyShare();

    /** How long a job stays away when this process dies. It is extended by a heartbeat at each third of it. */
    @WithDefault("PT10S")
    Duration lease();

    /** How long one look for work lasts, asleep for the most part. */
    @WithDefault("PT30S")
    Duration patience();
}
