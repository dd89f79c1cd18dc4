package dev.drover.lab.fleet;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keeps one slot filled until it is interrupted. */
final class Supervisor implements Runnable {
    /** A start that takes longer no longer holds up the others. */
    private static final Duration HOLDS_UP_OTHERS = Duration.ofSeconds(20);

    /** Then a rolling restart ends, and leaves the others as they are. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private static final Duration SUCCESSOR_LOOK = Duration.ofMillis(50);
    private static final int LINES_REPORTED = 12;

    private final Slot slot;
    private final InstanceLauncher launcher;
    private final Semaphore startsAtOnce;
    private final FleetEvents events;
    private final Clock clock;
    private final RestartPolicy policy = new RestartPolicy();
    private volatile Instance current;
    private volatile Trouble trouble;

    Supervisor(Slot slot, InstanceLauncher launcher, Semaphore startsAtOnce, FleetEvents events, Clock clock) {
        this.slot = slot;
        this.launcher = launcher;
        this.startsAtOnce = startsAtOnce;
        this.events = events;
        this.clock = clock;
    }

    Slot slot() {
        return slot;
    }

    Optional<Instance> current() {
        return Optional.ofNullable(current);
    }

    Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                RestartPolicy.Decision decision = runOnce();
                Thread.sleep(decision.delay());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what is in the slot. @return whether its successor was ready in good time */
    boolean replace(Duration drainedWithin) throws InterruptedException {
        Instance old = current;
        if (old != null) {
            old.stop(drainedWithin);
        }
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            Instance successor = current;
            if (successor != old && successor != null && successor.state() == InstanceState.READY) {
                return true;
            }
            Thread.sleep(SUCCESSOR_LOOK);
        }
        return false;
    }

    private RestartPolicy.Decision runOnce() throws InterruptedException {
        Instance instance;
        try {
            instance = start();
        } catch (IOException e) {
            RestartPolicy.Decision decision = policy.afterExit(false, Duration.ZERO);
            report(decision, -1, List.of("it could not be started: " + e.getMessage()));
            return decision;
        }
        int exitCode = await(instance.exit());
        events.ended(instance, exitCode);
        boolean wasReady = instance.firstReady().isDone();
        RestartPolicy.Decision decision =
                policy.afterExit(wasReady, Duration.between(instance.startedAt(), clock.instant()));
        if (!wasReady) {
            report(decision, exitCode, instance.lastLines(LINES_REPORTED));
        }
        return decision;
    }

    /** Starts are bounded: more at once than there are cores only makes all of them slow. */
    private Instance start() throws IOException, InterruptedException {
        startsAtOnce.acquire();
        try {
            Instance instance = launcher.launch(slot);
            current = instance;
            instance.firstReady().thenRun(() -> {
                trouble = null;
                events.ready(instance);
            });
            CompletableFuture.anyOf(instance.firstReady(), instance.exit())
                    .get(HOLDS_UP_OTHERS.toMillis(), TimeUnit.MILLISECONDS);
            return instance;
        } catch (TimeoutException e) {
            return current;
        } catch (ExecutionException e) {
            throw new IOException(e);
        } finally {
            startsAtOnce.release();
        }
    }

    private void report(RestartPolicy.Decision decision, int exitCode, List<String> lastLines) {
        boolean reported = trouble != null && trouble.crashLooping();
        trouble = new Trouble(
                slot.label(),
                exitCode,
                decision.failures(),
                decision.crashLooping(),
                clock.instant().plus(decision.delay()),
                lastLines);
        if (decision.crashLooping() && !reported) {
            events.crashLooping(trouble);
        }
    }

    private static int await(CompletableFuture<Integer> exit) throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
