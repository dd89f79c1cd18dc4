package dev.drover.platform.redis;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long a call to Redis may take, all in all. */
@ConfigMapping(prefix = "drover.redis")
public interface RedisConfig {

    /** One command or script, waiting for a pooled connection included; beyond it the request ends in 503. */
    @WithDefault("${REDIS_TIMEOUT:PT0.8S}")
    Duration timeout();
}
