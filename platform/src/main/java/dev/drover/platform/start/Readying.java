package dev.drover.platform.start;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * Keeps readiness down until the instance has done everything once that a first request would otherwise wait for. A cold instance on a busy
 * machine spends more on loading classes than a request may wait for Redis, and would answer 503 for a store that is well.
 */
@Singleton
@Readiness
final class Readying implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(Readying.class);
    private static final String NAME = "warmed up";

    private final List<WarmUp> all;
    private final WarmUpConfig config;

    private final long createdNanos = System.nanoTime();

    @ProcessLocal(because = "whether this process has warmed up, and how long that took")
    private final AtomicReference<Duration> took = new AtomicReference<>();

    Readying(@All List<WarmUp> all, WarmUpConfig config) {
        this.all = all;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        return isOver() ? HealthCheckResponse.up(NAME) : HealthCheckResponse.down(NAME);
    }

    /** Whatever becomes of the warm-up, an instance is not kept from its work for longer than the bound. */
    private boolean isOver() {
        return took.get() != null
                || System.nanoTime() - createdNanos >= config.within().toNanos();
    }

    void measure(@Observes StartupEvent event, MeterRegistry meters) {
        TimeGauge.builder(
                        "drover.warm_up",
                        took,
                        TimeUnit.MILLISECONDS,
                        done -> done.get() == null ? 0 : done.get().toMillis())
                .description("How long the instance warmed up before it was ready")
                .register(meters);
    }

    void begin(@ObservesAsync HttpServerStart listening) {
        if (config.within().isZero()) {
            return;
        }
        long startedNanos = System.nanoTime();
        runAll();
        took.set(Duration.ofNanos(System.nanoTime() - startedNanos));
        LOG.infof("warmed up in %d ms", took.get().toMillis());
    }

    /** All at once; those that are not over in time are left to end by themselves, which each does by its own time-outs. */
    private void runAll() {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<Void>> ended = threads.invokeAll(
                    all.stream().map(Readying::call).toList(), config.within().toMillis(), TimeUnit.MILLISECONDS);
            LOG.debugf(
                    "%d warm-ups, %d not over in time",
                    ended.size(), ended.stream().filter(Future::isCancelled).count());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Void> call(WarmUp one) {
        return () -> {
            try {
                one.run();
            } catch (Exception e) {
                LOG.debugf("%s: %s", one.getClass().getSimpleName(), e);
            }
            return null;
        };
    }
}
