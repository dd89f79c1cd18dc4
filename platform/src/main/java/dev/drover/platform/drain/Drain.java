package dev.drover.platform.drain;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import org.jboss.logging.Logger;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * Whether this instance was told to stop. From SIGTERM on, readiness is down and requests are still served; whoever holds work (a worker,
 * a socket) lets go of it as soon as this is true, by observing {@link ShutdownDelayInitiatedEvent} or by asking here.
 */
@Singleton
public final class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class);

    @ProcessLocal(because = "whether this process was told to stop")
    private final AtomicBoolean draining = new AtomicBoolean();

    public boolean isDraining() {
        return draining.get();
    }

    void measure(@Observes StartupEvent event, MeterRegistry meters) {
        Gauge.builder("drover.drain", this, drain -> drain.isDraining() ? 1 : 0)
                .description("1 from the moment the instance was told to stop, else 0")
                .register(meters);
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        if (draining.compareAndSet(false, true)) {
            LOG.info("draining: readiness is down, requests are still served");
        }
    }
}
