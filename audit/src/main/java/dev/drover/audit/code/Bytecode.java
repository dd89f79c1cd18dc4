package dev.drover.audit.code;

import java.util.List;

/** What the bytecode of one class says and ArchUnit's model does not. */
record Bytecode(
        List<Literal> literals,
        List<Place> monitors,
        List<Assignment> assignments,
        List<Change> changes,
        List<EnvironmentRead> environmentReads) {

    static final Bytecode NONE = new Bytecode(List.of(), List.of(), List.of(), List.of(), List.of());

    /** @param made what the value comes from: the class that is instantiated or the method that is called, else empty */
    record Assignment(FieldRef field, String made, Place place) {}

    /** A call that changes what a field holds, or a store into its array. */
    record Change(FieldRef field, String call, Place place) {}
}
