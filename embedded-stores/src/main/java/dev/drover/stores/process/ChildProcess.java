package dev.drover.stores.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child with its output in a file. It never outlives this process, is not reached by the terminal's Ctrl-C, and reads nothing from
 * standard input. Signals go by its handle: {@link Process#destroy} would close the pipe too, and with it lose what a child says while it ends.
 */
public final class ChildProcess implements AutoCloseable {
    /**
     * The child waits for a word from the parent before it becomes the program: it runs only once it is on the leash. What it writes is its
     * owner's alone; S3Proxy would also read a world-readable file as a public object.
     */
    private static final String WAIT_FOR_LEASH = "umask 077; IFS= read -r go && exec \"$@\" </dev/null";

    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

    private final Process process;
    private final OutputLog log;
    private final Path logFile;

    private ChildProcess(Process process, OutputLog log, Path logFile) {
        this.process = process;
        this.log = log;
        this.logFile = logFile;
    }

    /** Starts {@code command} with exactly the variables of this process and {@code environment} on top. */
    public static ChildProcess start(List<String> command, Map<String, String> environment, Path logFile)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(OwnSession.wrap("sh", "-c", WAIT_FOR_LEASH, "drover-child"));
        builder.command().addAll(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        Process process = builder.start();
        OutputLog log = new OutputLog(logFile);
        Thread.ofPlatform()
                .daemon()
                .name("output-of-" + process.pid())
                .start(() -> log.drain(process.getInputStream()));
        Leash.add(process.pid());
        process.onExit().thenAccept(ended -> Leash.remove(ended.pid()));
        try (var word = process.getOutputStream()) {
            word.write("go\n".getBytes(StandardCharsets.US_ASCII));
        }
        return new ChildProcess(process, log, logFile);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code; a process ended by signal N has 128 + N. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    public Path logFile() {
        return logFile;
    }

    public List<String> lastLines(int count) {
        return log.lastLines(count);
    }

    public void signal(Signal signal) throws IOException {
        switch (signal) {
            case TERM -> process.toHandle().destroy();
            case KILL -> process.toHandle().destroyForcibly();
            case STOP, CONT -> send(signal);
        }
    }

    /** SIGKILL. Returns when it is gone. */
    public void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM, then SIGKILL for a child that is still there after {@code deadline}. Returns when it is gone. */
    public void stop(Duration deadline) {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            process.toHandle().destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(CLOSE_DEADLINE);
    }

    private void send(Signal signal) throws IOException {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("process " + pid() + " could not be sent " + signal);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending " + signal, e);
        }
    }

    /** The signals a fleet is treated with. */
    public enum Signal {
        TERM,
        KILL,
        STOP,
        CONT
    }
}
