package dev.drover.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** The process of a store the suite stands on, for tests that stop it. Only for one the suite has started itself. */
final class Store implements AutoCloseable {

    private final URI address;
    private final Path program;
    private Path folder;
    private long pid;
    private Optional<Process> successor = Optional.empty();

    private Store(URI address, Path folder, Path program, long pid) {
        this.address = address;
        this.folder = folder;
        this.program = program;
        this.pid = pid;
    }

    static Store of(JsonNode description, String addressMember, Path folder) {
        long pid = description.path("pid").asLong();
        try {
            Path running = Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe"));
            // Some distributions have one program under several names, and the name decides what it is.
            Path server = running.resolveSibling("redis-server");
            return new Store(
                    URI.create(description.path(addressMember).asText()),
                    folder,
                    Files.exists(server) ? server : running,
                    pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGSTOP: connections stay, and nothing answers. */
    void suspend() {
        Signals.send(pid, "STOP");
    }

    void resume() {
        Signals.send(pid, "CONT");
    }

    /** SIGKILL: connections break, and new ones are refused. */
    void kill() {
        Signals.send(pid, "KILL");
        Eventually.within(Duration.ofSeconds(10))
                .until(() -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    /** The same on another folder, which is its own from now on. */
    void restartRedis(Path data) {
        folder = data;
        restartRedis();
    }

    /** Starts a Redis on the port and the append-only file of the one that was killed; returns when it can be connected to. */
    void restartRedis() {
        try {
            Process started = new ProcessBuilder(List.of(
                            program.toString(),
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(address.getPort()),
                            "--dir",
                            folder.toString(),
                            "--save",
                            "",
                            "--appendonly",
                            "yes",
                            "--appendfsync",
                            "always",
                            "--maxmemory-policy",
                            "noeviction"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("redis.log").toFile()))
                    .start();
            pid = started.pid();
            successor = Optional.of(started);
            Eventually.within(Duration.ofSeconds(10)).until(this::isListening);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isListening() {
        try (SocketChannel connection =
                SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()))) {
            return connection.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends what was started here; what the suite has started it ends itself. */
    @Override
    public void close() {
        successor.ifPresent(Process::destroy);
    }
}
