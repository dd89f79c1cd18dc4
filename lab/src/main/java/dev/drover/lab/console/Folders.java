package dev.drover.lab.console;

import java.nio.file.Path;

import picocli.CommandLine.Option;

/** Where the repository is, and where a lab keeps its data. */
public final class Folders {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of data, logs and keys (default: .drover in the repository).")
    private Path data;

    public Path home() {
        String home = System.getProperty("drover.home", System.getenv().getOrDefault("DROVER_HOME", "."));
        return Path.of(home).toAbsolutePath().normalize();
    }

    public Path data() {
        return data == null ? home().resolve(".drover") : data.toAbsolutePath().normalize();
    }
}
