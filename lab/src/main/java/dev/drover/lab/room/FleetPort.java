package dev.drover.lab.room;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.drover.stores.process.ChildProcess.Signal;

/**
 * A fleet as the control room sees and treats it: processes on this machine, or pods of a namespace. What looks answers from memory, at once;
 * what acts may take a while.
 */
public interface FleetPort {
    /** {@code processes} or {@code pods}: a page asks before it harms what may be a real cluster. */
    String kind();

    /** What can be done to a member here. A pod cannot be stopped and continued from outside. */
    Set<Signal> signals();

    /** The services in the order they are shown, with their members, also those that ended a moment ago. Asked once per look. */
    List<ServiceView> look();

    /** Since when what {@link #look} says is old, because who tells of the fleet is not heard. */
    default Optional<Instant> staleSince() {
        return Optional.empty();
    }

    /** What is not shown or not possible here, and why: sentences for people. */
    default List<String> notes() {
        return List.of();
    }

    /** @return whether there is such a member */
    boolean signal(String memberId, Signal signal) throws IOException;

    /** @return whether there is such a service */
    boolean scale(String service, int replicas) throws IOException;

    /** What came of the wish to replace all members of a service, one after the other. */
    enum Restart {
        BEGUN,
        UNDER_WAY,
        NO_SUCH_SERVICE
    }

    Restart restart(String service) throws IOException;
}
