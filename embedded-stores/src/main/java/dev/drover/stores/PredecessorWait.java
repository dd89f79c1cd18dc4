package dev.drover.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two servers must never append to the same file: a server that is still ending, its parent having been killed, is waited for. */
final class PredecessorWait {
    private static final Duration WITHIN = Duration.ofSeconds(15);

    private PredecessorWait() {}

    static void await(Path pidFile) throws IOException {
        Optional<ProcessHandle> predecessor = read(pidFile).filter(PredecessorWait::isRedis);
        if (predecessor.isEmpty()) {
            return;
        }
        try {
            predecessor.get().onExit().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "process " + predecessor.get().pid() + " still uses the data in " + pidFile.getParent(), e);
        } catch (ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Optional<ProcessHandle> read(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String pid = Files.readString(pidFile).strip();
        return pid.matches("\\d{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
    }

    /** The id may meanwhile belong to another program. */
    private static boolean isRedis(ProcessHandle process) {
        String program = process.info().command().orElse("");
        return program.contains("redis") || program.contains("valkey");
    }
}
