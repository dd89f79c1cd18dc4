package dev.drover.bench.suite;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import dev.drover.bench.load.Connection;
import dev.drover.bench.load.HttpCall;
import dev.drover.bench.machine.Processes;
import dev.drover.stores.process.ChildProcess;

/** A process that answers, Drover's or the peer's. */
public final class Instance implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final Duration RECORDED_WITHIN = Duration.ofSeconds(90);
    private static final int LAST_WORDS = 30;

    private final ChildProcess process;
    private final URI base;
    private final URI probe;
    private final long startedNanos = System.nanoTime();

    private Instance(ChildProcess process, URI base, URI probe) {
        this.process = process;
        this.base = base;
        this.probe = probe;
    }

    /** @param probe answers 200 once it takes requests */
    static Instance start(List<String> command, Map<String, String> environment, Path log, URI base, URI probe)
            throws IOException {
        return new Instance(ChildProcess.start(command, environment, log), base, probe);
    }

    public URI base() {
        return base;
    }

    public long pid() {
        return process.pid();
    }

    public double residentMebibytes() throws IOException {
        return Processes.residentMebibytes(pid());
    }

    public Instance awaitReady() throws IOException {
        awaitOk(probe);
        return this;
    }

    /** Seconds from the start of the process to the first 200 from {@code address}. */
    public double awaitOk(URI address) throws IOException {
        long deadline = startedNanos + READY_WITHIN.toNanos();
        while (!isOk(address)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(
                        address + " does not answer:\n" + String.join("\n", process.lastLines(LAST_WORDS)));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return secondsSinceStart();
    }

    public double secondsSinceStart() {
        return (System.nanoTime() - startedNanos) / 1e9;
    }

    private static boolean isOk(URI address) {
        try (Connection connection = new Connection(address)) {
            return connection.send(HttpCall.get(address.getPath()), 0) == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public void kill() {
        process.kill();
    }

    /** With time to write its recording of the start. */
    public void closeRecorded() {
        process.stop(RECORDED_WITHIN);
    }

    @Override
    public void close() {
        process.stop(STOP_WITHIN);
    }
}
