package dev.drover.audit.rule;

import java.util.Set;

/** The words code answers with, by simple name, so that a project can bring its own. */
final class Marks {

    static final Set<String> MEMORY = Set.of("SoftCache", "ProcessLocal");
    static final Set<String> PROCESS = Set.of("ProcessLocal");
    static final Set<String> TICK = Set.of("ClusterClaimed", "LocalTick");

    private Marks() {}
}
