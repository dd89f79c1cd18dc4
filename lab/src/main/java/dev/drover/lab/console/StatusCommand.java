package dev.drover.lab.console;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.drover.lab.control.LabClient;

/** Who is there, since when, and how large. Exit code 0 only when all are ready. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Show the running instances.")
public class StatusCommand implements Callable<Integer> {
    private static final String ROW = "%-18s %-13s %8s %9s  %s";
    private static final long MEBIBYTE = 1L << 20;

    @Mixin
    Folders folders;

    private final Terminal terminal = Terminal.ofProcess();

    @Override
    public Integer call() throws InterruptedException {
        Optional<LabClient> found = RunningLab.find(folders.data(), terminal);
        if (found.isEmpty()) {
            return 1;
        }
        try (LabClient lab = found.get()) {
            return show(lab.fleet());
        } catch (IOException e) {
            terminal.failed("the lab does not answer: " + e.getMessage());
            return 1;
        }
    }

    private int show(JsonObject fleet) {
        Instant now = Instant.parse(fleet.getString("at"));
        JsonArray instances = fleet.getJsonArray("instances");
        terminal.line(ROW.formatted("INSTANCE", "STATE", "AGE", "MEMORY", "ADDRESS"));
        long bytes = 0;
        boolean allReady = true;
        for (Object each : instances) {
            JsonObject instance = (JsonObject) each;
            long memory = instance.getLong("memoryBytes", 0L);
            bytes += memory;
            allReady &= instance.getString("state").equals("ready");
            Duration age = Duration.between(Instant.parse(instance.getString("startedAt")), now);
            terminal.line(ROW.formatted(
                    instance.getString("id"),
                    instance.getString("state"),
                    age.toSeconds() + " s",
                    mebibytes(memory),
                    instance.getString("url")));
        }
        terminal.line(String.format(Locale.ROOT, "%d instances, %s", instances.size(), mebibytes(bytes)));
        for (Object each : fleet.getJsonArray("troubles")) {
            JsonObject trouble = (JsonObject) each;
            allReady = false;
            terminal.failed(trouble.getString("slot") + " does not stay: ended " + trouble.getInteger("failures")
                    + " times, the last time with exit code " + trouble.getInteger("exitCode") + ", saying:");
            trouble.getJsonArray("lastLines").forEach(line -> terminal.line("      " + line));
        }
        return allReady ? 0 : 1;
    }

    private static String mebibytes(long bytes) {
        return bytes / MEBIBYTE + " MiB";
    }
}
