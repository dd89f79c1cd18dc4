package dev.drover.lab.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every instance has its own log file; of a slot's instances only the latest keep theirs. */
final class OldLogs {
    private static final int KEPT_PER_SLOT = 8;

    private OldLogs() {}

    static void prune(Path logs, Slot slot) throws IOException {
        Files.createDirectories(logs);
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(logs)) {
            newestFirst = files.filter(file -> file.getFileName().toString().startsWith(slot.label() + "-"))
                    .sorted(Comparator.comparing(OldLogs::lastModifiedMillis).reversed())
                    .toList();
        }
        for (Path old : newestFirst.subList(Math.min(KEPT_PER_SLOT, newestFirst.size()), newestFirst.size())) {
            Files.deleteIfExists(old);
        }
    }

    private static long lastModifiedMillis(Path file) {
        return file.toFile().lastModified();
    }
}
