package dev.drover.platform.telemetry;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Every meter says which service it is of; which instance, the scraper knows. Routes read as they do in logs.
 *
 * <p>Filters that are beans join the registry when Quarkus configures it, and beans that HTTP needs have registered their gauges by then.
 * So these join the root of all registries as soon as there are beans.
 */
@Singleton
final class MeterTags {

    void join(
            @Observes @Initialized(ApplicationScoped.class) Object container,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        Metrics.globalRegistry
                .config()
                .meterFilter(MeterFilter.commonTags(List.of(Tag.of("service", service))))
                .meterFilter(MeterFilter.replaceTagValues("uri", Route::withoutPatterns));
    }
}
