package dev.drover.blackbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** For how long altogether this machine let a thread wait that had nothing to wait for but its turn. */
final class Standstills implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration USUAL = Duration.ofMillis(10);

    private final AtomicLong nanos = new AtomicLong();
    private final Thread watch = Thread.ofPlatform().daemon().start(this::watch);

    private void watch() {
        try {
            while (true) {
                long begunNanos = System.nanoTime();
                // It waits for nothing: how much later than asked it wakes is what is measured.
                Thread.sleep(PAUSE);
                long overNanos = System.nanoTime() - begunNanos - PAUSE.toNanos();
                if (overNanos > USUAL.toNanos()) {
                    nanos.addAndGet(overNanos);
                }
            }
        } catch (InterruptedException e) {
            // It is over.
        }
    }

    long totalMillis() {
        return Duration.ofNanos(nanos.get()).toMillis();
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
