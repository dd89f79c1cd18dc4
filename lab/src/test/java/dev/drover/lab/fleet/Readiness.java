package dev.drover.lab.fleet;

/** Says of processes that answer no probe that they are ready. */
public final class Readiness {
    private Readiness() {}

    public static void grant(Instance instance) {
        instance.become(InstanceState.READY);
    }
}
