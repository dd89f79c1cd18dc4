package dev.drover.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/** Signals to processes of this user, by the system's own {@code kill}. */
final class Signals {

    private static final int SIGINT = 2;

    private Signals() {}

    /** As Ctrl-C does; what a shell has started in the background does not hear that, and is told by SIGTERM. */
    static void interrupt(long pid) {
        send(pid, ignoresInterrupts(pid) ? "TERM" : "INT");
    }

    private static boolean ignoresInterrupts(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .map(line ->
                            new BigInteger(line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(ignored -> ignored.testBit(SIGINT - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void send(long pid, String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + signal + " " + pid + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
