package dev.drover.lab.suite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of one lab's data, locked while the lab lives: the kernel lets go of the lock however the lab ends. */
public final class DataFolder implements AutoCloseable {
    /** What a lab writes. {@code --fresh} deletes these and nothing else. */
    private static final List<String> OWN = List.of("redis", "objects", "logs", "keys", "lab.json");

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws BusyException when another lab holds it */
    public static DataFolder open(Path path) throws IOException, BusyException {
        Files.createDirectories(path);
        FileChannel channel =
                FileChannel.open(path.resolve("lab.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new BusyException(LabFile.read(path)
                    .map(lab -> "Drover runs already on " + lab.gateway() + " (process " + lab.pid()
                            + "), with its data in " + path)
                    .orElse("another lab is starting or stopping with its data in " + path));
        }
        return new DataFolder(path, channel);
    }

    public Path path() {
        return path;
    }

    /** Forgets everything earlier labs left here. */
    public void clear() throws IOException {
        for (String name : OWN) {
            delete(path.resolve(name));
        }
    }

    @Override
    public void close() throws IOException {
        LabFile.delete(path);
        channel.close();
    }

    private static void delete(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(target)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    /** Another lab uses the folder. */
    public static final class BusyException extends Exception {
        private BusyException(String message) {
            super(message);
        }
    }
}
