package dev.drover.platform.objectstore;

import java.time.Clock;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.arc.properties.IfBuildProperty;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

import dev.drover.platform.faults.BreakerConfig;

/**
 * The object store of a service, as the environment contract describes it. Only where the service's own properties say that it has one: {@link
 * ObjectStoreWarmUp} looks for it in each, so none would be left out as unused, and the others have no SDK of S3.
 */
@IfBuildProperty(name = "drover.beans.object-store", stringValue = "true")
final class ObjectStoreProducer {

    /** @param isUntraced the SDK of OpenTelemetry makes spans all the same, for nobody */
    @Produces
    @Singleton
    S3ObjectStore objectStore(
            ObjectStoreConfig config,
            BreakerConfig breaker,
            MeterRegistry meters,
            Tracer tracer,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean isUntraced) {
        ExecutionInterceptor[] watching =
                isUntraced ? new ExecutionInterceptor[0] : new ExecutionInterceptor[] {new S3Spans(tracer)};
        return S3ObjectStore.connect(config, breaker, meters, watching);
    }

    @Produces
    @Singleton
    MultipartStore multipartStore(S3ObjectStore store) {
        return store.multipart();
    }

    void close(@Disposes S3ObjectStore store) {
        store.close();
    }

    @Produces
    @Singleton
    S3ObjectPresigner presigner(ObjectStoreConfig config, Clock clock) {
        return S3ObjectPresigner.of(config, clock);
    }

    void close(@Disposes S3ObjectPresigner presigner) {
        presigner.close();
    }
}
