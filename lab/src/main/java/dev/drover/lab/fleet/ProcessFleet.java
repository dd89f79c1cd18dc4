package dev.drover.lab.fleet;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.drover.stores.process.ChildProcess.Signal;

/** Local processes: each slot is supervised by a thread of its own. */
public final class ProcessFleet implements Fleet {
    /** More on one machine would only wait for one another. */
    public static final int REPLICAS_MAX = 50;

    /** One more than the cores: while one start waits for a store, another computes. */
    private static final int STARTS_AT_ONCE = Runtime.getRuntime().availableProcessors() + 1;

    /** As the manifests have it: a little longer than a service takes by itself. */
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(25);

    private final InstanceLauncher launcher;
    private final FleetEvents events;
    private final Clock clock;
    private final Semaphore startsAtOnce = new Semaphore(STARTS_AT_ONCE);
    private final ReentrantLock scaling = new ReentrantLock();
    private final List<Supervision> kept = new CopyOnWriteArrayList<>();

    /** No longer replaced: they finish what they have. */
    private final CopyOnWriteArrayList<Instance> leaving = new CopyOnWriteArrayList<>();

    private final Set<Service> restarting = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    private record Supervision(Supervisor supervisor, Thread thread) {
        boolean isOf(Service service) {
            return supervisor.slot().service() == service;
        }

        int number() {
            return supervisor.slot().number();
        }

        Optional<Instance> current() {
            return supervisor.current();
        }
    }

    public ProcessFleet(
            int replicas, List<Service> services, InstanceLauncher launcher, FleetEvents events, Clock clock) {
        this.launcher = launcher;
        this.events = events;
        this.clock = clock;
        for (int number = 1; number <= replicas; number++) {
            for (Service service : services) {
                kept.add(supervision(new Slot(service, number)));
            }
        }
    }

    public int size() {
        return kept.size();
    }

    /** Returns at once; {@link FleetEvents} tell how it goes. */
    public void start() {
        kept.forEach(supervision -> supervision.thread().start());
    }

    @Override
    public List<Instance> instances() {
        return Stream.concat(kept.stream().map(Supervision::current).flatMap(Optional::stream), leaving.stream())
                .filter(instance -> instance.state() != InstanceState.GONE)
                .distinct()
                .sorted(Comparator.comparing(Instance::service)
                        .thenComparing(instance -> instance.slot().number()))
                .toList();
    }

    @Override
    public List<Trouble> troubles() {
        return kept.stream()
                .map(supervision -> supervision.supervisor().trouble())
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void suspect(String instanceId) {
        find(instanceId).ifPresent(Instance::suspect);
    }

    @Override
    public boolean signal(String instanceId, Signal signal) throws IOException {
        Optional<Instance> found = find(instanceId);
        if (found.isEmpty()) {
            return false;
        }
        found.get().signal(signal);
        return true;
    }

    @Override
    public int wanted(Service service) {
        return (int)
                kept.stream().filter(supervision -> supervision.isOf(service)).count();
    }

    @Override
    public void scale(Service service, int replicas) {
        if (replicas < 0 || replicas > REPLICAS_MAX) {
            throw new IllegalArgumentException("replicas must be between 0 and " + REPLICAS_MAX + ": " + replicas);
        }
        scaling.lock();
        try {
            while (!stopped && wanted(service) < replicas) {
                Supervision added = supervision(new Slot(service, firstFreeNumber(service)));
                kept.add(added);
                added.thread().start();
            }
            while (wanted(service) > replicas) {
                giveUp(kept.stream()
                        .filter(supervision -> supervision.isOf(service))
                        .max(Comparator.comparingInt(Supervision::number))
                        .orElseThrow());
            }
        } finally {
            scaling.unlock();
        }
    }

    @Override
    public boolean restart(Service service) {
        if (stopped || !restarting.add(service)) {
            return false;
        }
        List<Supervisor> slots = kept.stream()
                .filter(supervision -> supervision.isOf(service))
                .map(Supervision::supervisor)
                .toList();
        Thread.ofVirtual().name("rolling-restart-of-" + service.label()).start(() -> {
            try {
                boolean goesOn = true;
                for (int next = 0; goesOn && next < slots.size(); next++) {
                    goesOn = slots.get(next).replace(DRAINED_WITHIN);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                restarting.remove(service);
            }
        });
        return true;
    }

    @Override
    public boolean isRestarting(Service service) {
        return restarting.contains(service);
    }

    /** SIGTERM to all at once, SIGKILL to what is left after {@code deadline}. Nothing is restarted any more. */
    public void stop(Duration deadline) {
        stopped = true;
        List<Thread> supervising = kept.stream().map(Supervision::thread).toList();
        supervising.forEach(Thread::interrupt);
        List<Thread> stopping = new ArrayList<>();
        forEach(instance -> stopping.add(Thread.ofVirtual().start(() -> instance.stop(deadline))));
        try {
            for (Thread thread : supervising) {
                thread.join();
            }
            for (Thread thread : stopping) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A start that was under way when the threads were interrupted.
        instances().forEach(instance -> instance.stop(deadline));
    }

    private void forEach(Consumer<Instance> action) {
        Stream.concat(kept.stream().map(Supervision::current).flatMap(Optional::stream), leaving.stream())
                .distinct()
                .forEach(action);
    }

    private Supervision supervision(Slot slot) {
        Supervisor supervisor = new Supervisor(slot, launcher, startsAtOnce, events, clock);
        return new Supervision(supervisor, Thread.ofVirtual().unstarted(supervisor));
    }

    private int firstFreeNumber(Service service) {
        return IntStream.iterate(1, number -> number + 1)
                .filter(number -> kept.stream().noneMatch(one -> one.isOf(service) && one.number() == number))
                .findFirst()
                .orElseThrow();
    }

    private void giveUp(Supervision superfluous) {
        superfluous.current().ifPresent(leaving::add);
        kept.remove(superfluous);
        superfluous.thread().interrupt();
        Thread.ofVirtual().start(() -> {
            try {
                superfluous.thread().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // Asked again: a start may have been under way.
            superfluous.current().ifPresent(last -> {
                leaving.addIfAbsent(last);
                last.stop(DRAINED_WITHIN);
                leaving.remove(last);
                last.exit().thenAccept(exitCode -> events.ended(last, exitCode));
            });
        });
    }
}
