package dev.drover.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What processes have used, as the operating system counts it: to within a hundredth of a second. */
public final class Processes {

    private static final Pattern COMPILER = Pattern.compile("C[12] Comp");

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

    /** Of that, what JVMs spent on compiling; 0 where the operating system does not tell of threads. */
    public static double compilerSeconds(List<Long> pids) throws IOException {
        double seconds = 0;
        for (long pid : pids) {
            seconds += compilerSeconds(Path.of("/proc", Long.toString(pid), "task"));
        }
        return seconds;
    }

    private static double compilerSeconds(Path threads) throws IOException {
        if (!Files.exists(threads)) {
            return 0;
        }
        double seconds = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                if (COMPILER.matcher(Files.readString(thread.resolve("comm"))).lookingAt()) {
                    String nanos = Files.readString(thread.resolve("schedstat"));
                    seconds += Long.parseLong(nanos.substring(0, nanos.indexOf(' '))) / 1e9;
                }
            }
        } catch (NoSuchFileException e) {
            // A thread that has just ended compiles nothing.
            return seconds;
        }
        return seconds;
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
