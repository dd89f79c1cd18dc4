package dev.drover.realtime.socket;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.stateless.ProcessLocal;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.RealtimeError;

/**
 * Bounds for how many this instance finds out at once who they are. Thousands that come at the same moment would otherwise all ask, each would get its
 * answer too late, and all would come again: so most are sent away at once, which costs next to nothing. Only the instance's own work takes a
 * place, never a client's slowness.
 */
@Singleton
@ProcessLocal(because = "bounds what this process asks at once for those it does not know yet")
final class Arrivals {

    private static final String REFUSED = "drover.realtime.handshakes_refused";
    private static final List<RealtimeError> REFUSALS = List.of(
            RealtimeError.DRAINING,
            RealtimeError.TOO_MANY_SOCKETS,
            RealtimeError.TOO_MANY_HANDSHAKES,
            RealtimeError.TOO_MANY_UNAUTHENTICATED);
    private static final int RETRY_AFTER_SECONDS_MAX = 3;

    private final Semaphore places;
    private final int placesMax;
    private final Duration patience;
    private final MeterRegistry meters;

    Arrivals(RealtimeConfig config, MeterRegistry meters) {
        this.placesMax = config.socket().handshakesMax();
        this.places = new Semaphore(placesMax);
        this.patience = config.socket().authenticationTimeout();
        this.meters = meters;
    }

    /** Not before: this bean is made while the registry still has no filters, and the meters would go without their common tags. */
    void measure(@Observes StartupEvent event) {
        Gauge.builder("drover.realtime.handshakes", this, Arrivals::underWay)
                .description("clients that this instance is finding out about")
                .register(meters);
        REFUSALS.forEach(code -> refused(code, 0));
    }

    /** For an upgrade, which does not wait; nor does it go before a first frame that does. */
    Optional<Place> tryTake() {
        return isAwaited() || !places.tryAcquire() ? Optional.empty() : Optional.of(new Place());
    }

    /** For who is on a socket already. Blocks for its turn, no longer than a socket may be without having authenticated. */
    void inTurn(Runnable work) {
        if (!awaitTurn()) {
            throw new ServiceException(
                    PlatformError.OVERLOADED, "Too many clients come at once; connect again.", retryAfter());
        }
        try {
            work.run();
        } finally {
            places.release();
        }
    }

    private boolean awaitTurn() {
        try {
            return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether somebody waits for a turn. */
    boolean isAwaited() {
        return places.hasQueuedThreads();
    }

    int underWay() {
        return placesMax - places.availablePermits();
    }

    /** Counts a handshake that another instance, or this one a little later, may take. Not all come again in the same second. */
    ServiceException refusal(RealtimeError code, String detail) {
        refused(code, 1);
        return new ServiceException(code, detail, retryAfter());
    }

    private void refused(RealtimeError code, int handshakes) {
        meters.counter(REFUSED, "code", code.code()).increment(handshakes);
    }

    private static Duration retryAfter() {
        return Duration.ofSeconds(ThreadLocalRandom.current().nextInt(1, RETRY_AFTER_SECONDS_MAX + 1));
    }

    /** Given back once, however often that is said. */
    final class Place {

        private final AtomicBoolean held = new AtomicBoolean(true);

        private Place() {}

        void giveBack() {
            if (held.getAndSet(false)) {
                places.release();
            }
        }
    }
}
