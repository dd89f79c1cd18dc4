package dev.drover.stores;

import java.io.IOException;
import java.time.Duration;

import dev.drover.stores.process.ChildProcess;
import dev.drover.stores.process.ChildProcess.Signal;

/** A store as a local process on the loopback interface. It may be stopped, killed and started again, on the same port and data. */
public abstract sealed class EmbeddedStore implements AutoCloseable permits EmbeddedObjectStore, EmbeddedRedis {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final int port;
    private volatile ChildProcess process;

    EmbeddedStore(int port) {
        this.port = port;
    }

    abstract ChildProcess startProcess() throws IOException;

    /** @throws IOException when it does not answer, with its last words */
    abstract void awaitAnswer(ChildProcess started) throws IOException;

    final void launch() throws IOException {
        process = startProcess();
        awaitAnswer(process);
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void suspend() throws IOException {
        process.signal(Signal.STOP);
    }

    public void resume() throws IOException {
        process.signal(Signal.CONT);
    }

    /** SIGKILL without a successor. */
    public void kill() {
        process.kill();
    }

    /** Starts it again after {@link #kill()}. */
    public void restart() throws IOException {
        launch();
    }

    @Override
    public void close() {
        process.stop(STOP_WITHIN);
    }
}
