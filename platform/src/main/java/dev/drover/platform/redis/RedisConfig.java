package dev.drover.platform.redis;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** How long a call to Redis may take, all in all, and how often a harmless one is repeated. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.redis")
public interface RedisConfig {

    /** What one request waits for all its commands and scripts together, pooled connections and retries included; beyond it, it ends in 503. */
    @WithDefault("${REDIS_TIMEOUT:PT0.8S}")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration timeout();

    /**
     * How many calls may be on their way over one connection at once; 1: each has a connection to itself, as always in a cluster and with Sentinel. What
     * is on its way when Redis stops answering may still be carried out, though who asked was told that it is not known.
     */
    @WithDefault("${REDIS_PIPELINE:8}")
    @Min(1)
    @Max(64)
    int pipeline();

    /** How often a call is repeated that only reads, or that certainly was not carried out. A call that timed out is never repeated. */
    @WithDefault("${REDIS_RETRIES:2}")
    @Min(0)
    @Max(5)
    int retries();

    /** The longest pause before the first repeat; each further one doubles it. The pause itself is random between half of it and all. */
    @WithDefault("PT0.05S")
    @DurationMax(seconds = 1)
    Duration retryPause();
}
