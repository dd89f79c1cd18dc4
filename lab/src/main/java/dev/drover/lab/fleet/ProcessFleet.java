package dev.drover.lab.fleet;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import dev.drover.stores.process.ChildProcess.Signal;

/** Local processes: each slot is supervised by a thread of its own. */
public final class ProcessFleet implements Fleet {
    /** One more than the cores: while one start waits for a store, another computes. */
    private static final int STARTS_AT_ONCE = Runtime.getRuntime().availableProcessors() + 1;

    private final List<Supervisor> supervisors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    public ProcessFleet(
            int replicas, List<Service> services, InstanceLauncher launcher, FleetEvents events, Clock clock) {
        Semaphore startsAtOnce = new Semaphore(STARTS_AT_ONCE);
        for (int number = 1; number <= replicas; number++) {
            for (Service service : services) {
                supervisors.add(new Supervisor(new Slot(service, number), launcher, startsAtOnce, events, clock));
            }
        }
    }

    public int size() {
        return supervisors.size();
    }

    /** Returns at once; {@link FleetEvents} tell how it goes. */
    public void start() {
        for (Supervisor supervisor : supervisors) {
            threads.add(Thread.ofVirtual().start(supervisor));
        }
    }

    @Override
    public List<Instance> instances() {
        return supervisors.stream()
                .map(Supervisor::current)
                .flatMap(Optional::stream)
                .filter(instance -> instance.state() != InstanceState.GONE)
                .sorted(Comparator.comparing(Instance::service)
                        .thenComparing(instance -> instance.slot().number()))
                .toList();
    }

    @Override
    public List<Trouble> troubles() {
        return supervisors.stream()
                .map(Supervisor::trouble)
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
        found.get().process().signal(signal);
        return true;
    }

    /** SIGTERM to all at once, SIGKILL to what is left after {@code deadline}. Nothing is restarted any more. */
    public void stop(Duration deadline) {
        threads.forEach(Thread::interrupt);
        List<Thread> stopping = supervisors.stream()
                .map(Supervisor::current)
                .flatMap(Optional::stream)
                .map(instance ->
                        Thread.ofVirtual().start(() -> instance.process().stop(deadline)))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
            for (Thread thread : stopping) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A start that was under way when the threads were interrupted.
        instances().forEach(instance -> instance.process().stop(deadline));
    }
}
