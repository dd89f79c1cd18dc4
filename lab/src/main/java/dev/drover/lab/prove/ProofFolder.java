package dev.drover.lab.prove;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a proof writes: a folder of its own under {@code proofs} in the lab's data, the newest last by name. */
public record ProofFolder(Path path) {
    private static final String PROOFS = "proofs";

    public static ProofFolder of(Path data, String id) {
        return new ProofFolder(data.resolve(PROOFS).resolve(id));
    }

    /** Newest first. */
    public static List<ProofFolder> all(Path data) throws IOException {
        Path proofs = data.resolve(PROOFS);
        if (!Files.isDirectory(proofs)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(proofs)) {
            return found.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .map(ProofFolder::new)
                    .toList();
        }
    }

    public String id() {
        return path.getFileName().toString();
    }

    /** What {@link ProofLines} writes, from the start of the proof on. */
    public Path events() {
        return path.resolve("events.jsonl");
    }

    /** Every effect and what became of it. */
    public Path ledger() {
        return path.resolve("ledger.jsonl");
    }

    /** There once the proof has ended, like the two reports. */
    public Path verdict() {
        return path.resolve("verdict.json");
    }

    /** One page that needs nothing else. */
    public Path page() {
        return path.resolve("report.html");
    }

    public Path text() {
        return path.resolve("report.txt");
    }

    BufferedWriter writer(Path file) throws IOException {
        Files.createDirectories(path);
        return Files.newBufferedWriter(file);
    }
}
