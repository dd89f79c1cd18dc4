package dev.drover.lab.fleet;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.drover.stores.process.ChildProcess;
import dev.drover.stores.process.ChildProcess.Signal;

/** One process of a service. A replacement is another instance with another id. */
public final class Instance {
    private final String id;
    private final Slot slot;
    private final int port;
    private final int managementPort;
    private final ChildProcess process;
    private final Clock clock;
    private final Instant startedAt;
    private final CompletableFuture<Instant> firstReady = new CompletableFuture<>();
    private volatile InstanceState state = InstanceState.STARTING;
    private volatile boolean toldToEnd;

    Instance(String id, Slot slot, int port, int managementPort, ChildProcess process, Clock clock) {
        this.id = id;
        this.slot = slot;
        this.port = port;
        this.managementPort = managementPort;
        this.process = process;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    public String id() {
        return id;
    }

    public Service service() {
        return slot.service();
    }

    Slot slot() {
        return slot;
    }

    public int port() {
        return port;
    }

    public int managementPort() {
        return managementPort;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public URI managementUrl() {
        return URI.create("http://127.0.0.1:" + managementPort);
    }

    public long pid() {
        return process.pid();
    }

    public Instant startedAt() {
        return startedAt;
    }

    public InstanceState state() {
        if (!process.isAlive()) {
            return InstanceState.GONE;
        }
        return toldToEnd && state != InstanceState.UNRESPONSIVE ? InstanceState.DRAINING : state;
    }

    /** How long it took to be ready for the first time. */
    public Optional<Duration> startDuration() {
        return firstReady.isDone() ? Optional.of(Duration.between(startedAt, firstReady.join())) : Optional.empty();
    }

    public CompletableFuture<Instant> firstReady() {
        return firstReady;
    }

    public CompletableFuture<Integer> exit() {
        return process.exit();
    }

    public List<String> lastLines(int count) {
        return process.lastLines(count);
    }

    void signal(Signal signal) throws IOException {
        toldToEnd |= signal == Signal.TERM;
        process.signal(signal);
    }

    /** SIGTERM, then SIGKILL once {@code deadline} has passed. Returns when it is gone. */
    void stop(Duration deadline) {
        toldToEnd = true;
        process.stop(deadline);
    }

    /** Death is final: a late answer of a probe does not bring an instance back. */
    void become(InstanceState next) {
        state = next;
        if (state() == InstanceState.READY) {
            firstReady.complete(clock.instant());
        }
    }

    /** A connection to it failed. The next probe decides whether it may have requests again. */
    void suspect() {
        if (state() == InstanceState.READY) {
            become(InstanceState.NOT_READY);
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
