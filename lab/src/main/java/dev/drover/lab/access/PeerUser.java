package dev.drover.lab.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whose program is at the other end of a loopback connection, as the system's table of connections has it. Where there is no such table,
 * nothing is known of other users and everybody on this machine is trusted.
 */
final class PeerUser {
    private static final List<String> TABLES = List.of("net/tcp", "net/tcp6");
    private static final int LOCAL_COLUMN = 1;
    private static final int REMOTE_COLUMN = 2;
    private static final int USER_COLUMN = 7;

    private final Path proc;
    private final int ownPort;

    PeerUser(Path proc, int ownPort) {
        this.proc = proc;
        this.ownPort = ownPort;
    }

    boolean isOurs(int peerPort) throws IOException {
        if (!Files.isReadable(proc.resolve(TABLES.getFirst()))) {
            return true;
        }
        Optional<String> peer = userOf(peerPort);
        return peer.isPresent() && peer.equals(ourUser());
    }

    private Optional<String> userOf(int peerPort) throws IOException {
        for (String table : TABLES) {
            Path file = proc.resolve(table);
            if (!Files.isReadable(file)) {
                continue;
            }
            for (String line : Files.readAllLines(file)) {
                String[] columns = line.trim().split("\\s+");
                if (columns.length > USER_COLUMN
                        && hasPort(columns[LOCAL_COLUMN], peerPort)
                        && hasPort(columns[REMOTE_COLUMN], ownPort)) {
                    return Optional.of(columns[USER_COLUMN]);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> ourUser() throws IOException {
        return Files.readAllLines(proc.resolve("self/status")).stream()
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> line.trim().split("\\s+")[1])
                .findFirst();
    }

    private static boolean hasPort(String address, int port) {
        return address.endsWith(":%04X".formatted(port));
    }
}
