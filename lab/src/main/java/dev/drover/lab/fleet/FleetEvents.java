package dev.drover.lab.fleet;

/** Told of what happens in the fleet, from the fleet's own threads. */
public interface FleetEvents {
    void ready(Instance instance);

    void ended(Instance instance, int exitCode);

    /** The slot's instances end before they are ready. Told once, until one is ready again. */
    void crashLooping(Trouble trouble);

    /** Both are told, this one first. */
    default FleetEvents and(FleetEvents other) {
        FleetEvents first = this;
        return new FleetEvents() {
            @Override
            public void ready(Instance instance) {
                first.ready(instance);
                other.ready(instance);
            }

            @Override
            public void ended(Instance instance, int exitCode) {
                first.ended(instance, exitCode);
                other.ended(instance, exitCode);
            }

            @Override
            public void crashLooping(Trouble trouble) {
                first.crashLooping(trouble);
                other.crashLooping(trouble);
            }
        };
    }

    /** For a fleet nobody watches. */
    FleetEvents UNHEARD = new FleetEvents() {
        @Override
        public void ready(Instance instance) {}

        @Override
        public void ended(Instance instance, int exitCode) {}

        @Override
        public void crashLooping(Trouble trouble) {}
    };
}
