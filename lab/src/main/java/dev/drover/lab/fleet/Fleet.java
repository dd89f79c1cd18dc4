package dev.drover.lab.fleet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import dev.drover.stores.process.ChildProcess.Signal;

/** The instances that run now. */
public interface Fleet {
    /** Sorted by service and slot. */
    List<Instance> instances();

    /** Slots whose instances do not stay. */
    List<Trouble> troubles();

    /** A connection to the instance failed or broke. */
    void suspect(String instanceId);

    /** @return whether there is such an instance */
    boolean signal(String instanceId, Signal signal) throws IOException;

    /** How many instances a service is to have. */
    int wanted(Service service);

    /** Returns at once: what is missing is started, what is too much finishes what it has and is not replaced. */
    void scale(Service service, int replicas);

    /**
     * Replaces the service's instances one after the other, each drained, and the next only once the successor is ready. Returns at once.
     *
     * @return false when the service is being restarted already
     */
    boolean restart(Service service);

    boolean isRestarting(Service service);

    default Optional<Instance> find(String instanceId) {
        return instances().stream()
                .filter(instance -> instance.id().equals(instanceId))
                .findFirst();
    }
}
