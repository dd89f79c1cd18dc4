package dev.drover.realtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import dev.drover.platform.redis.StoreUnavailableException;

/** Repeats a step with a pause after each, never two at a time. A store that does not answer costs the step, not the work. */
public final class PeriodicWork implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PeriodicWork.class);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final String name;
    private final Duration pause;
    private final Runnable step;

    private PeriodicWork(String name, Duration pause, Runnable step) {
        this.name = name;
        this.pause = pause;
        this.step = step;
    }

    public static PeriodicWork start(String name, Duration pause, Executor threads, Runnable step) {
        PeriodicWork work = new PeriodicWork(name, pause, step);
        threads.execute(work::run);
        return work;
    }

    private void run() {
        try {
            while (!stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                runStep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runStep() {
        try {
            step.run();
        } catch (StoreUnavailableException e) {
            LOG.debugf("%s: %s, next time then", name, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s failed, it goes on", name);
        }
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
