package dev.drover.stores.process;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Writes a child's output to a file of bounded size (the file before it is kept as {@code .1}) and remembers its last lines. */
final class OutputLog {
    private static final int MAX_BYTES = 8 << 20;
    private static final int MAX_LINE_CHARS = 16 << 10;
    private static final int REMEMBERED_LINES = 40;

    private final Path file;
    private final Deque<String> last = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long bytes;

    OutputLog(Path file) {
        this.file = file;
    }

    /** Reads until the child closes its output. Output is always drained, or the child would block on a full pipe. */
    void drain(InputStream output) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            OutputStream target = open();
            try {
                String line;
                while ((line = reader.readLine()) != null) {
                    remember(line);
                    target = write(target, line);
                    if (!reader.ready()) {
                        target.flush();
                    }
                }
            } finally {
                target.close();
            }
        } catch (IOException e) {
            // The pipe breaks when the child is killed: what was read so far is kept.
            remember("(output ended: " + e.getMessage() + ")");
        }
    }

    List<String> lastLines(int count) {
        lock.lock();
        try {
            return last.stream().skip(Math.max(0, last.size() - count)).toList();
        } finally {
            lock.unlock();
        }
    }

    private OutputStream open() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        bytes = Files.exists(file) ? Files.size(file) : 0;
        return new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    private OutputStream write(OutputStream target, String line) throws IOException {
        byte[] encoded = (line + "\n").getBytes(StandardCharsets.UTF_8);
        target.write(encoded);
        bytes += encoded.length;
        if (bytes < MAX_BYTES) {
            return target;
        }
        target.close();
        Files.move(file, Path.of(file + ".1"), StandardCopyOption.REPLACE_EXISTING);
        return open();
    }

    private void remember(String line) {
        lock.lock();
        try {
            if (last.size() == REMEMBERED_LINES) {
                last.removeFirst();
            }
            last.addLast(line.length() > MAX_LINE_CHARS ? line.substring(0, MAX_LINE_CHARS) : line);
        } finally {
            lock.unlock();
        }
    }
}
