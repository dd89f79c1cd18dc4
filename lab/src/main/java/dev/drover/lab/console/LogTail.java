package dev.drover.lab.console;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Reads what was added to a file since the last look, by whole lines. A file that became shorter was replaced and is read anew. */
final class LogTail {
    /** More than this at once is not read by anyone. */
    private static final int BYTES_MAX = 1 << 20;

    private final Path file;
    private long position;

    LogTail(Path file) {
        this.file = file;
    }

    List<String> newLines() throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long length = open.length();
            position = Math.max(length < position ? 0 : position, length - BYTES_MAX);
            byte[] added = new byte[(int) (length - position)];
            open.seek(position);
            open.readFully(added);
            String text = new String(added, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            position += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
            return text.substring(0, end).lines().toList();
        }
    }
}
