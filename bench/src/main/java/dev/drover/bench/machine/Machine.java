package dev.drover.bench.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run stood on. */
public final class Machine {

    private Machine() {}

    public static Map<String, String> describe(Path home) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", processor());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put(
                "load before",
                "%.2f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("commit", said(List.of("git", "-C", home.toString(), "describe", "--always", "--dirty")));
        facts.put("Redis", said(List.of("redis-server", "--version")).replaceAll(".*v=([0-9.]+).*", "$1"));
        facts.put("Node", said(List.of("node", "--version")));
        facts.put(
                "wrk",
                said(List.of("sh", "-c", "wrk --version 2>&1 | head -n 1")).replaceAll("\\s*\\[.*", ""));
        return facts;
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.split(":", 2)[1].strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** The first words of a program, or that there is none. */
    private static String said(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return words.isEmpty() ? "none" : words.lines().findFirst().orElse("");
        } catch (IOException e) {
            return "none";
        }
    }
}
