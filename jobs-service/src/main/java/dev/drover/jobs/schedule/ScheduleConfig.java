package dev.drover.jobs.schedule;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** Schedules and their ticks. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.schedules")
public interface ScheduleConfig {

    /** How often each replica looks for due ticks, for example {@code 1s}; {@code off} for never. No tick is finer than a second. */
    @WithDefault("1s")
    String every();

    /** How many schedules there may be. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int schedulesMax();

    /** How many due schedules one look takes; the rest is for the next. */
    @WithDefault("100")
    @Min(1)
    @Max(1000)
    int dueMax();

    /** How late a tick may be and still count as in time; beyond it the schedule's misfire policy decides. */
    @WithDefault("PT1M")
    Duration lateAfter();

    /** How many ticks of one schedule fire at once after a time without replicas. */
    @WithDefault("100")
    @Min(1)
    @Max(1000)
    int catchUpMax();

    /** How many entries of each schedule's history are kept. */
    @WithDefault("100")
    @Min(1)
    @Max(1000)
    int historyMax();
}
