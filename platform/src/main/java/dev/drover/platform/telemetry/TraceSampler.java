package dev.drover.platform.telemetry;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.opentelemetry.sdk.trace.samplers.Sampler;

/** Which requests are traced, by the standard variables. Quarkus settles it when the service is built; an operator does when it starts. */
final class TraceSampler {

    @Produces
    @Singleton
    Sampler sampler(TraceConfig config) {
        return new AskedFor(of(config.sampler(), config.ratio()));
    }

    static Sampler of(String name, double ratio) {
        return switch (name) {
            case "always_on" -> Sampler.alwaysOn();
            case "always_off" -> Sampler.alwaysOff();
            case "traceidratio" -> Sampler.traceIdRatioBased(ratio);
            case "parentbased_always_on" -> Sampler.parentBased(Sampler.alwaysOn());
            case "parentbased_always_off" -> Sampler.parentBased(Sampler.alwaysOff());
            case "parentbased_traceidratio" -> Sampler.parentBased(Sampler.traceIdRatioBased(ratio));
            default -> throw new IllegalArgumentException("not a sampler: " + name);
        };
    }
}
