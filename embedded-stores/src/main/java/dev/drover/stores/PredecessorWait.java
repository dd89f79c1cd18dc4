package dev.drover.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Two servers must never append to the same file: a server that is still ending, its parent having been killed, is waited for. */
final class PredecessorWait {
    private static final Duration WITHIN = Duration.ofSeconds(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private PredecessorWait() {}

    static void await(Path pidFile) throws IOException {
        Optional<ProcessHandle> predecessor = read(pidFile).filter(PredecessorWait::isRedis);
        if (predecessor.isEmpty()) {
            return;
        }
        // By looking, because onExit() tells by the common pool, whose only thread on two cores may be the one that
        // waits here.
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (predecessor.get().isAlive()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        "process " + predecessor.get().pid() + " still uses the data in " + pidFile.getParent());
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK_EVERY);
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
