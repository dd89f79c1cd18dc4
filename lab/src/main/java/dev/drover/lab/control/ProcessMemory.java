package dev.drover.lab.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Resident memory of a process, where the system tells it. */
public final class ProcessMemory {
    private static final long KIBIBYTE = 1_024;

    private ProcessMemory() {}

    public static OptionalLong residentBytes(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
                    .findFirst();
        } catch (IOException e) {
            // No such file system, or the process is gone.
            return OptionalLong.empty();
        }
    }
}
