package dev.drover.lab.fleet;

import java.time.Duration;

/**
 * When the next instance of a slot is started. The first replacement comes at once, since killing an instance is what a fleet is for; one
 * that dies again and again waits longer each time.
 */
public final class RestartPolicy {
    private static final Duration SECOND_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(15);
    private static final Duration STABLE_AFTER = Duration.ofSeconds(20);
    private static final int LOOPING_AFTER = 3;

    private int failures;
    private int failuresBeforeReady;

    /** @param wasReady whether it ever was ready */
    public Decision afterExit(boolean wasReady, Duration uptime) {
        if (wasReady && uptime.compareTo(STABLE_AFTER) >= 0) {
            failures = 0;
        }
        failuresBeforeReady = wasReady ? 0 : failuresBeforeReady + 1;
        failures++;
        return new Decision(delay(), failuresBeforeReady >= LOOPING_AFTER, failures);
    }

    private Duration delay() {
        if (failures == 1) {
            return Duration.ZERO;
        }
        // The shift is bounded before the product can overflow.
        Duration grown = SECOND_DELAY.multipliedBy(1L << Math.min(failures - 2, 10));
        return grown.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : grown;
    }

    /** @param crashLooping it never gets ready: somebody has to look at its log */
    public record Decision(Duration delay, boolean crashLooping, int failures) {}
}
