package dev.drover.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The lab as {@code ./drover} starts it: its jar in a process of its own, with a folder for its data and for what it says. */
final class LabProcess {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    private LabProcess() {}

    /** Runs a command of the lab as {@code ./drover} does. */
    static Process launch(Path data, String... command) throws IOException {
        return launch(data, Map.of(), command);
    }

    static Process launch(Path data, Map<String, String> environment, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                java(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-jar",
                home().resolve("lab/target/quarkus-app/quarkus-run.jar").toString()));
        line.addAll(List.of(command));
        line.addAll(List.of("--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(data.resolve("lab.out").toFile()));
        builder.environment().put("DROVER_HOME", home().toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static Path home() {
        return Path.of(System.getProperty("drover.home"));
    }

    static JsonNode awaitLabFile(Process lab, Path data) {
        Path file = data.resolve("lab.json");
        Eventually.within(READY_WITHIN).until(() -> {
            if (!lab.isAlive()) {
                throw new IllegalStateException("the lab ended with " + lab.exitValue() + ":\n" + output(data));
            }
            return Files.exists(file);
        });
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String output(Path data) {
        try {
            return Files.readString(data.resolve("lab.out"));
        } catch (IOException e) {
            return "(no output: " + e + ")";
        }
    }
}
