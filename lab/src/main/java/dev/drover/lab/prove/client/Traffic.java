package dev.drover.lab.prove.client;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * What the load met: latencies with and without faults, and troubles by kind. A user who waits for a slow answer does not send what it would
 * have sent meanwhile; those unsent requests are counted as having waited too (coordinated omission).
 */
public final class Traffic {
    private static final int DIGITS = 3;
    private static final long LONGEST_MICROS = 120_000_000;
    private static final int KINDS_MAX = 100;

    private final long expectedIntervalMicros;
    private final Recorder calm = recorder();
    private final Recorder disturbed = recorder();
    private final Recorder lately = recorder();
    private final LongAdder calmRequests = new LongAdder();
    private final LongAdder disturbedRequests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private volatile boolean measuring;
    private final AtomicInteger openFaults = new AtomicInteger();
    private final Map<String, LongAdder> troubles = new ConcurrentHashMap<>();

    /** @param expectedIntervalMicros between two requests of one user */
    public Traffic(long expectedIntervalMicros) {
        this.expectedIntervalMicros = expectedIntervalMicros;
    }

    /** What comes before is preparation, and counts for nothing. */
    public void begins() {
        measuring = true;
    }

    /** What comes after is no load any more. */
    public void ends() {
        measuring = false;
    }

    /** Until {@link #faultOver()} what is measured counts as measured under a fault. */
    public void faultBegins() {
        openFaults.incrementAndGet();
    }

    public void faultOver() {
        openFaults.decrementAndGet();
    }

    void answered(long begunNanos, long endedNanos) {
        if (!measuring) {
            return;
        }
        boolean isCalm = openFaults.get() == 0;
        long micros = Math.clamp((endedNanos - begunNanos) / 1_000, 1, LONGEST_MICROS);
        (isCalm ? calmRequests : disturbedRequests).increment();
        (isCalm ? calm : disturbed).recordValueWithExpectedInterval(micros, expectedIntervalMicros);
        lately.recordValue(micros);
    }

    void trouble(Call call, String kind) {
        if (!measuring) {
            return;
        }
        if (troubles.size() < KINDS_MAX || troubles.containsKey(kind)) {
            troubles.computeIfAbsent(kind, fresh -> new LongAdder()).increment();
        }
    }

    void gaveUp(Call call) {
        if (!measuring) {
            return;
        }
        errors.increment();
    }

    public long requests() {
        return calmRequests.sum() + disturbedRequests.sum();
    }

    /** Calls that failed after all their retries. */
    public long errors() {
        return errors.sum();
    }

    /** How often each kind of trouble was met, retries included. */
    public Map<String, Long> troubles() {
        Map<String, Long> counted = new TreeMap<>();
        troubles.forEach((kind, count) -> counted.put(kind, count.sum()));
        return counted;
    }

    /** Since it was asked last. */
    public Histogram lately() {
        return lately.getIntervalHistogram();
    }

    /** All of them, once: taken away with the answer. */
    public Latency calm() {
        return new Latency(calmRequests.sum(), calm.getIntervalHistogram());
    }

    public Latency disturbed() {
        return new Latency(disturbedRequests.sum(), disturbed.getIntervalHistogram());
    }

    private static Recorder recorder() {
        return new Recorder(LONGEST_MICROS, DIGITS);
    }
}
