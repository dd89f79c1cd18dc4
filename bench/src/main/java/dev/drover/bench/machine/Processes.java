package dev.drover.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What processes have used, as the operating system counts it: to within a hundredth of a second. */
public final class Processes {

    private Processes() {}

    /** Seconds of processor time, all threads, user and system. */
    public static double cpuSeconds(List<Long> pids) {
        return pids.stream().mapToDouble(Processes::cpuSeconds).sum();
    }

    private static double cpuSeconds(long pid) {
        return ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow(() -> new IllegalStateException("process " + pid + " has ended"))
                        .toNanos()
                / 1e9;
    }

    /** Resident memory in MiB. */
    public static double residentMebibytes(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (Files.exists(status)) {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1_024)
                    .findFirst()
                    .orElse(0);
        }
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        String kibibytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return Double.parseDouble(kibibytes) / 1_024;
    }
}
