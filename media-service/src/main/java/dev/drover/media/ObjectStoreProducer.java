package dev.drover.media;

import java.time.Clock;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;

import dev.drover.platform.faults.BreakerConfig;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectStoreConfig;
import dev.drover.platform.objectstore.S3ObjectPresigner;
import dev.drover.platform.objectstore.S3ObjectStore;
import dev.drover.platform.objectstore.S3Spans;

/** The object store of this service, as the environment contract describes it. */
final class ObjectStoreProducer {

    @Produces
    @Singleton
    S3ObjectStore objectStore(ObjectStoreConfig config, BreakerConfig breaker, MeterRegistry meters, Tracer tracer) {
        return S3ObjectStore.connect(config, breaker, meters, new S3Spans(tracer));
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
