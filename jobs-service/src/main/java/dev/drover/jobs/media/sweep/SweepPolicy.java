package dev.drover.jobs.media.sweep;

import java.time.Duration;

/** @see SweepConfig */
record SweepPolicy(int batchMax, Duration orphanAge, Duration remembered, int doubtMin) {

    static SweepPolicy of(SweepConfig config) {
        return new SweepPolicy(config.batchMax(), config.orphanAge(), config.remembered(), config.doubtMin());
    }

    /** Whether so many of so many are more than an accident explains. */
    boolean isDoubtful(int found, int of) {
        return found >= doubtMin && 2 * found > of;
    }
}
