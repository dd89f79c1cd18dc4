package dev.drover.stores;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.drover.stores.process.ChildProcess;

/** Waits for a store to answer, and says what it printed when it does not. */
final class Readiness {
    private static final int LINES_SHOWN = 20;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Readiness() {}

    static void await(String name, ChildProcess store, Duration within, BooleanSupplier answers) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!answers.getAsBoolean()) {
            if (!store.isAlive()) {
                throw new IOException(
                        name + " ended with status " + store.exit().join() + " while starting:\n" + lastWords(store));
            }
            if (System.nanoTime() > deadline) {
                store.close();
                throw new IOException(name + " did not answer within " + within + ":\n" + lastWords(store));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static String lastWords(ChildProcess store) {
        return String.join("\n", store.lastLines(LINES_SHOWN));
    }
}
