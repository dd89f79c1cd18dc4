package dev.drover.lab.room;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What Linux tells of a process in {@code /proc/<pid>/stat}; nothing elsewhere.
 *
 * @param isStopped by SIGSTOP
 * @param cpu       processor time since its start
 */
record ProcessStat(boolean isStopped, Duration cpu, long residentBytes) {
    /** Of every Linux a JVM runs on; the kernel states times in these, whatever it counts in. */
    private static final int TICKS_PER_SECOND = 100;

    private static final int PAGE_BYTES = 4_096;
    private static final int STATE = 0;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int RESIDENT_PAGES = 21;

    static Optional<ProcessStat> of(long pid) {
        try {
            return Optional.of(parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat"))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The fields after the name, which is in parentheses and may hold anything. */
    static ProcessStat parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
        return new ProcessStat(
                fields[STATE].equals("T"),
                Duration.ofMillis(ticks * 1_000 / TICKS_PER_SECOND),
                Long.parseLong(fields[RESIDENT_PAGES].trim()) * PAGE_BYTES);
    }
}
