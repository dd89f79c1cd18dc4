package dev.drover.lab.prove.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.drover.lab.prove.Fault;
import dev.drover.lab.prove.FaultKind;
import dev.drover.lab.prove.client.Traffic;
import dev.drover.lab.prove.herd.Herd;

/** Carries out a plan. Each fault has a thread of its own, because the next one does not wait for the suite to recover from it. */
public final class Faults {
    private static final long LOOK_MILLIS = 100;
    private static final Duration WHOLE_WITHIN = Duration.ofSeconds(90);

    private final Herd herd;
    private final FaultPlan plan;
    private final Traffic traffic;
    private final Consumer<Fault> told;
    private final long startedNanos;
    private final AtomicInteger inflicted = new AtomicInteger();
    private final List<Fault> done = new CopyOnWriteArrayList<>();
    private final List<String> failed = new CopyOnWriteArrayList<>();
    /** A store is hurt in one way at a time. */
    private final ReentrantLock redis = new ReentrantLock();

    private final ReentrantLock objects = new ReentrantLock();

    private volatile boolean stopped;

    /** @param startedNanos when the proof began */
    public Faults(Herd herd, FaultPlan plan, Traffic traffic, Consumer<Fault> told, long startedNanos) {
        this.herd = herd;
        this.plan = plan;
        this.traffic = traffic;
        this.told = told;
        this.startedNanos = startedNanos;
    }

    /** Until the plan is done or stopped; returns when every fault is over. */
    public void run() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (FaultPlan.Planned planned : plan.faults()) {
            while (!stopped && since().compareTo(planned.at()) < 0) {
                Thread.sleep(Math.clamp(planned.at().minus(since()).toMillis(), 1, LOOK_MILLIS));
            }
            if (stopped) {
                break;
            }
            threads.add(Thread.ofVirtual().start(() -> inflict(planned)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** No more of them. */
    public void stop() {
        stopped = true;
    }

    public int inflicted() {
        return inflicted.get();
    }

    /** In the order in which they were over. */
    public List<Fault> done() {
        return List.copyOf(done);
    }

    /** What could not be done to it, and why. */
    public List<String> failed() {
        return List.copyOf(failed);
    }

    private void inflict(FaultPlan.Planned planned) {
        traffic.faultBegins();
        Blow blow = new Blow(planned.kind());
        try {
            Optional<String> hit = strike(planned, blow);
            if (hit.isEmpty()) {
                failed.add(planned.kind().label() + " of " + planned.service() + ": nothing was there to be hit");
                return;
            }
            blow.over(awaitWhole(planned.kind(), hit.get()));
        } catch (IOException e) {
            failed.add(planned.kind().label() + " of " + planned.service() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            traffic.faultOver();
        }
    }

    private Optional<String> strike(FaultPlan.Planned planned, Blow blow) throws IOException, InterruptedException {
        Optional<ReentrantLock> store = store(planned.kind());
        if (store.isPresent()) {
            store.get().lockInterruptibly();
        }
        try {
            return herd.inflict(planned.kind(), planned.service(), planned.number(), blow);
        } finally {
            store.ifPresent(ReentrantLock::unlock);
        }
    }

    private boolean awaitWhole(FaultKind kind, String target) throws InterruptedException {
        long deadline = System.nanoTime() + WHOLE_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            if (herd.isWholeAfter(kind, target)) {
                return true;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return false;
    }

    private Duration since() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private Optional<ReentrantLock> store(FaultKind kind) {
        return switch (kind) {
            case REDIS_RESTART, REDIS_PAUSE -> Optional.of(redis);
            case S3_OUTAGE -> Optional.of(objects);
            default -> Optional.empty();
        };
    }

    /** One fault, from the moment it struck. */
    private final class Blow implements Herd.Struck {
        private final FaultKind kind;
        private Fault struck;
        private long nanos;

        Blow(FaultKind kind) {
            this.kind = kind;
        }

        @Override
        public void at(String target) {
            nanos = System.nanoTime();
            struck = new Fault(inflicted.incrementAndGet(), kind, target, since(), Optional.empty());
            told.accept(struck);
        }

        void over(boolean whole) {
            Optional<Duration> took =
                    whole ? Optional.of(Duration.ofNanos(System.nanoTime() - nanos)) : Optional.empty();
            Fault over = new Fault(struck.number(), kind, struck.target(), struck.at(), took);
            done.add(over);
            told.accept(over);
        }
    }
}
