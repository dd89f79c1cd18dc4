package dev.drover.platform.telemetry;

import java.util.List;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.quarkus.micrometer.runtime.binder.JVMInfoBinder;
import io.quarkus.runtime.ImageMode;
import io.quarkus.vertx.http.HttpServerStart;

/**
 * What the process and its JVM use, under the names the framework gives it. The framework does so before it listens, and loading what the
 * JVM has for it is a tenth of the way to the first answer; here it comes behind that.
 */
@Singleton
final class ProcessMeters {

    private final MeterRegistry meters;

    ProcessMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void bind(@ObservesAsync HttpServerStart listening) {
        List<MeterBinder> ofEveryProcess =
                List.of(new UptimeMetrics(), new ProcessorMetrics(), new FileDescriptorMetrics());
        ofEveryProcess.forEach(binder -> binder.bindTo(meters));
        // Both listen to the collector for as long as the process is there, and a native executable has nothing of the
        // kind.
        List<MeterBinder> ofJvm = ImageMode.current() == ImageMode.JVM
                ? List.of(
                        new ClassLoaderMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new JVMInfoBinder(),
                        new JvmGcMetrics(),
                        new JvmHeapPressureMetrics())
                : List.of(
                        new ClassLoaderMetrics(), new JvmMemoryMetrics(), new JvmThreadMetrics(), new JVMInfoBinder());
        ofJvm.forEach(binder -> binder.bindTo(meters));
    }
}
