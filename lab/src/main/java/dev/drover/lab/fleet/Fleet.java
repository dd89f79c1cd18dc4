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

    default Optional<Instance> find(String instanceId) {
        return instances().stream()
                .filter(instance -> instance.id().equals(instanceId))
                .findFirst();
    }
}
