package dev.drover.platform.redis;

import java.util.concurrent.atomic.AtomicLong;

import dev.drover.platform.stateless.ProcessLocal;

/** What this process does with its connections at most once in a second, however many calls ask for it. */
final class OnceASecond {

    private static final long PAUSE_NANOS = 1_000_000_000;

    @ProcessLocal(because = "bounds how often this process renews its connections")
    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

    /** True for one of those who ask. */
    boolean isDue() {
        long last = lastNanos.get();
        long now = System.nanoTime();
        return now - last >= PAUSE_NANOS && lastNanos.compareAndSet(last, now);
    }
}
