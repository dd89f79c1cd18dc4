package dev.drover.lab.suite;

import dev.drover.lab.fleet.FleetEvents;
import dev.drover.lab.fleet.Instance;
import dev.drover.lab.fleet.Trouble;

/** The fleet's events for those who are there before it, and one more who can only be made after it. */
final class Announcements implements FleetEvents {
    private volatile FleetEvents heard;

    Announcements(FleetEvents first) {
        heard = first;
    }

    /** Before the fleet is started. */
    void alsoTell(FleetEvents other) {
        heard = heard.and(other);
    }

    @Override
    public void ready(Instance instance) {
        heard.ready(instance);
    }

    @Override
    public void ended(Instance instance, int exitCode) {
        heard.ended(instance, exitCode);
    }

    @Override
    public void crashLooping(Trouble trouble) {
        heard.crashLooping(trouble);
    }
}
