package dev.drover.lab.tour.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what comes by itself, with an end. */
public final class Patience {

    private static final Duration PAUSE = Duration.ofMillis(25);

    private Patience() {}

    /** The first value there is, empty when the time is over. */
    public static <T> Optional<T> await(Duration within, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + within.toNanos();
        Optional<T> found = look.get();
        while (found.isEmpty()
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE.toNanos());
            found = look.get();
        }
        return found;
    }

    public static boolean until(Duration within, java.util.function.BooleanSupplier holds) {
        return await(within, () -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }
}
