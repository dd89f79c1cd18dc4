package dev.drover.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * Requests at a fixed rate, whether or not the earlier ones have been answered: latency. What is measured begins when a request was due, not
 * when it could be sent, so that a server that stands still is charged with all who waited meanwhile (coordinated omission).
 */
public final class OpenLoop {

    private static final long LONGEST_MICROS = 60_000_000;

    private OpenLoop() {}

    /**
     * @param perSecond   the rate
     * @param connections how many may be on their way; those beyond wait, and their waiting counts
     * @return microseconds
     */
    public static Histogram run(URI base, HttpCall call, double perSecond, int connections, Duration lasting)
            throws IOException {
        long count = Math.max(1, (long) (perSecond * lasting.toMillis() / 1_000));
        double interval = 1e9 / perSecond;
        AtomicLong next = new AtomicLong();
        long first = System.nanoTime() + Duration.ofMillis(50).toNanos();
        List<Callable<Histogram>> workers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            workers.add(() -> {
                Histogram seen = new Histogram(LONGEST_MICROS, 3);
                try (Connection connection = new Connection(base)) {
                    long n;
                    while ((n = next.getAndIncrement()) < count) {
                        byte[] request = connection.prepare(call, first + n);
                        long due = first + (long) (n * interval);
                        waitUntil(due);
                        int status = connection.exchange(request);
                        if (status / 100 != 2) {
                            throw new Refused(call.path() + " was answered " + status + ": " + connection.body());
                        }
                        seen.recordValue(Math.clamp((System.nanoTime() - due) / 1_000, 0, LONGEST_MICROS));
                    }
                }
                return seen;
            });
        }
        Histogram all = new Histogram(LONGEST_MICROS, 3);
        ClosedLoop.all(workers).forEach(all::add);
        return all;
    }

    private static void waitUntil(long due) {
        long ahead;
        while ((ahead = due - System.nanoTime()) > 0) {
            LockSupport.parkNanos(ahead);
        }
    }
}
