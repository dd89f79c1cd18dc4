package dev.drover.platform.telemetry;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** What is traced once tracing is on. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.trace")
public interface TraceConfig {

    /** A sampler by its standard name ({@code OTEL_TRACES_SAMPLER}); by default the caller's decision, and everything that has none. */
    @WithDefault("${OTEL_TRACES_SAMPLER:parentbased_always_on}")
    String sampler();

    /** The share a ratio sampler takes, 0 to 1 ({@code OTEL_TRACES_SAMPLER_ARG}). */
    @WithDefault("${OTEL_TRACES_SAMPLER_ARG:1}")
    @Min(0)
    @Max(1)
    double ratio();
}
