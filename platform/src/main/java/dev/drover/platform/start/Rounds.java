package dev.drover.platform.start;

import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/**
 * Makes rounds of requests until they are answered as quickly as clients' will have to be. How many that takes depends on the machine: one on
 * which other instances start at the same moment runs cold code many times slower, and the first requests would outlast their patience with Redis.
 */
final class Rounds {

    private final WarmUpConfig config;
    private final LongSupplier nanoTime;

    /** @param nanoTime this process's monotonic clock */
    Rounds(WarmUpConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /** Until it is interrupted, at the latest. */
    void make(Callable<Void> round) throws Exception {
        for (int made = 1; ; made++) {
            long begunNanos = nanoTime.getAsLong();
            round.call();
            long tookNanos = nanoTime.getAsLong() - begunNanos;
            if (made >= config.rounds() && tookNanos <= config.answersWithin().toNanos()) {
                return;
            }
            Thread.sleep(config.pause());
        }
    }
}
