package dev.drover.platform.start;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What an instance does before it says that it is ready. */
@ConfigMapping(prefix = "drover.warm-up")
public interface WarmUpConfig {

    /** How long readiness waits for it at most; nothing: no warm-up. */
    @WithDefault("PT12S")
    @DurationMin
    @DurationMax(minutes = 1)
    Duration within();

    /** How often the requests to oneself are made, at least: the second time finds the classes that the first one loaded. */
    @WithDefault("3")
    @Min(1)
    @Max(100)
    int rounds();

    /** So quickly a round of requests to oneself must be answered: well within what a request may wait for Redis. Until one is, more are made. */
    @WithDefault("PT0.3S")
    @DurationMin(millis = 1)
    @DurationMax(seconds = 10)
    Duration answersWithin();

    /** Between two rounds, so that instances that start side by side leave each other the processor. */
    @WithDefault("PT0.5S")
    @DurationMin
    @DurationMax(seconds = 10)
    Duration pause();

    /** Connections to Redis that are opened, of each node of a cluster, no more than the pool may have; and requests to oneself that are made at once. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int connections();
}
