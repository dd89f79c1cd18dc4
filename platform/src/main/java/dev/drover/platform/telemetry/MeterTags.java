package dev.drover.platform.telemetry;

import java.util.List;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every meter says which service it is of; which instance, the scraper knows. Routes read as they do in logs. */
final class MeterTags {

    @Produces
    @Singleton
    MeterFilter service(@ConfigProperty(name = "quarkus.application.name") String service) {
        return MeterFilter.commonTags(List.of(Tag.of("service", service)));
    }

    @Produces
    @Singleton
    MeterFilter routes() {
        return MeterFilter.replaceTagValues("uri", Route::withoutPatterns);
    }
}
