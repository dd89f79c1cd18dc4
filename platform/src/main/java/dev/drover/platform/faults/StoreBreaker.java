package dev.drover.platform.faults;

import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import jakarta.enterprise.util.TypeLiteral;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * The circuit breaker of this instance around one store. While it is open calls fail at once, so that nothing piles up in front of a store
 * that is away; after the delay a single call probes it. What an instance notices is its own: another one may reach the store.
 *
 * @param <T> what calls return; with a {@link io.smallrye.mutiny.Uni} its outcome counts
 */
public final class StoreBreaker<T> {

    private static final Logger LOG = Logger.getLogger(StoreBreaker.class);

    private final String store;
    private final MeterRegistry meters;
    private final TypedGuard<T> guard;

    @ProcessLocal(because = "whether this process reaches the store; another one may")
    private final AtomicInteger state = new AtomicInteger();

    /** @param isOutage which failures say that the store is away; others do not count */
    public StoreBreaker(
            TypeLiteral<T> type,
            String store,
            BreakerConfig config,
            Predicate<Throwable> isOutage,
            MeterRegistry meters) {
        this.store = store;
        this.meters = meters;
        this.guard = TypedGuard.create(type)
                .withDescription(store)
                .withCircuitBreaker()
                .requestVolumeThreshold(config.calls())
                .failureRatio(config.failurePercent() / 100.0)
                .delay(config.delay().toMillis(), ChronoUnit.MILLIS)
                .successThreshold(1)
                .when(isOutage)
                .onStateChange(this::changed)
                .done()
                .build();
        Gauge.builder("drover.breaker.state", state, AtomicInteger::get)
                .description("0 closed, 1 half-open, 2 open")
                .tag("store", store)
                .strongReference(true)
                .register(meters);
        for (CircuitBreakerState to : CircuitBreakerState.values()) {
            transitions(to).increment(0);
        }
    }

    /** Ends in {@link CircuitBreakerOpenException} when the store was not asked. */
    public T call(Callable<T> call) throws Exception {
        return guard.call(call);
    }

    private void changed(CircuitBreakerState to) {
        int before = state.getAndSet(number(to));
        transitions(to).increment();
        switch (to) {
            case OPEN -> {
                if (before == number(CircuitBreakerState.CLOSED)) {
                    LOG.warnf("%s does not answer: calls are refused at once until it does", store);
                }
            }
            case HALF_OPEN -> LOG.debugf("%s is probed", store);
            case CLOSED -> LOG.infof("%s answers again", store);
        }
    }

    private Counter transitions(CircuitBreakerState to) {
        return meters.counter("drover.breaker.transitions", "store", store, "to", word(to));
    }

    private static int number(CircuitBreakerState state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    private static String word(CircuitBreakerState state) {
        return switch (state) {
            case CLOSED -> "closed";
            case HALF_OPEN -> "half_open";
            case OPEN -> "open";
        };
    }
}
