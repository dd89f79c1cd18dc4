package dev.drover.blackbox;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes bring about, up to a deadline. The module knows the suite from outside only, so it has its own. */
final class Eventually {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Duration within;

    private Eventually(Duration within) {
        this.within = within;
    }

    static Eventually within(Duration within) {
        return new Eventually(within);
    }

    void until(Callable<Boolean> condition) {
        untilAsserted(() -> {
            if (!condition.call()) {
                throw new AssertionError("not so within " + within);
            }
        });
    }

    void untilAsserted(Assertion assertion) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            try {
                assertion.check();
                return;
            } catch (AssertionError failure) {
                if (System.nanoTime() > deadline) {
                    throw failure;
                }
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new AssertionError("the check itself failed", failure);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @FunctionalInterface
    interface Assertion {
        void check() throws Exception;
    }
}
