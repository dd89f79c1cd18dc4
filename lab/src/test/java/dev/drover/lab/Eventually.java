package dev.drover.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that another thread or process brings about: until it is so, or the deadline fails the test. */
public final class Eventually {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final long deadlineNanos;
    private final Duration within;

    private Eventually(Duration within) {
        this.within = within;
        this.deadlineNanos = System.nanoTime() + within.toNanos();
    }

    public static Eventually within(Duration duration) {
        return new Eventually(duration);
    }

    public void until(BooleanSupplier condition) {
        untilAsserted(() -> {
            if (!condition.getAsBoolean()) {
                throw new AssertionError("not true within " + within);
            }
        });
    }

    /** Repeats the assertion; its last failure is the test's. */
    public void untilAsserted(Assertion assertion) {
        while (true) {
            try {
                assertion.check();
                return;
            } catch (AssertionError | RuntimeException failure) {
                if (System.nanoTime() > deadlineNanos) {
                    throw failure;
                }
            } catch (Exception failure) {
                throw new AssertionError("the check itself failed", failure);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @FunctionalInterface
    public interface Assertion {
        void check() throws Exception;
    }
}
