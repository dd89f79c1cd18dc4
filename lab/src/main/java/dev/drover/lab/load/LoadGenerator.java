package dev.drover.lab.load;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.operator.SuiteApi;

/**
 * People at work, as many requests a second as asked for, through the public API. What the suite does not answer fast enough is held back, so
 * that there are never more than {@value #IN_FLIGHT_MAX} under way.
 */
public final class LoadGenerator implements AutoCloseable {
    public static final int RATE_MAX = 500;
    static final int IN_FLIGHT_MAX = 64;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** What was not started in this time is not made up for. */
    private static final long BEHIND_NANOS_MAX = NANOS_PER_SECOND / 2;

    private final Semaphore places = new Semaphore(IN_FLIGHT_MAX);
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong heldBack = new AtomicLong();
    private final ReentrantLock switching = new ReentrantLock();
    private final People people;
    private final SuiteApi api;
    private volatile int rate;
    private volatile Thread pacing;

    public LoadGenerator(SuiteApi api) {
        this.api = api;
        this.people = new People(api);
    }

    /** @param perSecond 0 for none */
    public void set(int perSecond) {
        if (perSecond < 0 || perSecond > RATE_MAX) {
            throw new IllegalArgumentException("rate must be between 0 and " + RATE_MAX + ": " + perSecond);
        }
        switching.lock();
        try {
            rate = perSecond;
            if (perSecond == 0 && pacing != null) {
                pacing.interrupt();
                pacing = null;
            } else if (perSecond > 0 && pacing == null) {
                pacing = Thread.ofVirtual().name("load").start(this::pace);
            }
        } finally {
            switching.unlock();
        }
    }

    public JsonObject view() {
        return new JsonObject()
                .put("on", rate > 0)
                .put("rate", rate)
                .put("rateMax", RATE_MAX)
                .put("answered", answered.get())
                .put("failed", failed.get())
                .put("heldBack", heldBack.get());
    }

    private void pace() {
        long next = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            int now = rate;
            if (now == 0) {
                return;
            }
            next = Math.max(next + NANOS_PER_SECOND / now, System.nanoTime() - BEHIND_NANOS_MAX);
            LockSupport.parkNanos(next - System.nanoTime());
            if (places.tryAcquire()) {
                Thread.ofVirtual().start(this::one);
            } else {
                heldBack.incrementAndGet();
            }
        }
    }

    private void one() {
        try {
            (people.doSomething() ? answered : failed).incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    @Override
    public void close() {
        set(0);
        api.close();
    }
}
