package dev.drover.platform.telemetry;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is traced once tracing is on. */
@ConfigMapping(prefix = "drover.trace")
public interface TraceConfig {

    /** A sampler by its standard name ({@code OTEL_TRACES_SAMPLER}); by default the caller's decision, and everything that has none. */
    @WithDefault("${OTEL_TRACES_SAMPLER:parentbased_always_on}")
    String sampler();

    /** The share a ratio sampler takes, 0 to 1 ({@code OTEL_TRACES_SAMPLER_ARG}). */
    @WithDefault("${OTEL_TRACES_SAMPLER_ARG:1}")
    @DecimalMin("0")
    @DecimalMax("1")
    double ratio();
}
