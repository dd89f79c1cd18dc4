package dev.drover.lab.gateway;

import java.util.List;
import java.util.Optional;

/** What the gateway has to know of a fleet. Called on the gateway's event loop: implementations answer from memory. */
public interface Backends {
    /** The service that serves this path, if any does. */
    Optional<String> serviceFor(String path);

    /** Instances that may have requests now. */
    List<Backend> ready(String service);

    /** False once the instance is known to be dead or to hang: what it was given is taken elsewhere. */
    boolean responds(Backend backend);

    /** A connection to the instance failed or broke. */
    void suspect(Backend backend);
}
