package dev.drover.stores;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.drover.stores.process.ChildProcess;
import dev.drover.stores.process.FreePort;

/** A real Redis (or Valkey) as a local process on the loopback interface. */
public final class EmbeddedRedis extends EmbeddedStore {

    /** When an acknowledged write is on disk. */
    public enum Persistence {
        /** No append-only file: for tests that do not restart the store. */
        NONE,
        /** {@code appendfsync always}: acknowledged means on disk. */
        ALWAYS,
        /** {@code appendfsync everysec}: at most one second is lost. */
        EVERY_SECOND
    }

    /** Which program it is. */
    public enum Server {
        /** What is installed here, from 7 on; else the bundled one. */
        INSTALLED,
        /** The 6.2 that is the oldest Drover works with. */
        BUNDLED
    }

    private static final Duration START_WITHIN = Duration.ofSeconds(20);
    private static final String PID_FILE = "redis.pid";
    private static final int PING_TIMEOUT_MILLIS = 500;

    private final Path folder;
    private final Server server;
    private final List<String> arguments;

    private EmbeddedRedis(Path folder, Server server, int port, List<String> arguments) {
        super(port);
        this.folder = folder;
        this.server = server;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Starts it with its data and log in {@code folder}; what an earlier one left there is loaded.
     *
     * @param port 0 for a free one
     * @throws IOException when it does not answer, with its last words
     */
    public static EmbeddedRedis start(Path folder, Persistence persistence, int port) throws IOException {
        return start(folder, Server.INSTALLED, persistence, port);
    }

    /** As {@link #start(Path, Persistence, int)}, with a program that is not left to what is installed. */
    public static EmbeddedRedis start(Path folder, Server server, Persistence persistence, int port)
            throws IOException {
        int given = port == 0 ? FreePort.find() : port;
        return start(folder, server, given, serverArguments(folder, persistence, given));
    }

    /** Starts the server as {@code arguments} say; they name the port and the folder too. */
    static EmbeddedRedis start(Path folder, int port, List<String> arguments) throws IOException {
        return start(folder, Server.INSTALLED, port, arguments);
    }

    private static EmbeddedRedis start(Path folder, Server server, int port, List<String> arguments)
            throws IOException {
        Files.createDirectories(folder);
        PredecessorWait.await(folder.resolve(PID_FILE));
        EmbeddedRedis redis = new EmbeddedRedis(folder, server, port, arguments);
        redis.launch();
        return redis;
    }

    @Override
    ChildProcess startProcess() throws IOException {
        Path binary =
                switch (server) {
                    case INSTALLED -> RedisBinary.locate(folder);
                    case BUNDLED -> RedisBinary.bundled(folder);
                };
        List<String> command = new ArrayList<>();
        command.add(binary.toString());
        command.addAll(arguments);
        ChildProcess started = ChildProcess.start(command, Map.of(), folder.resolve("redis.log"));
        Files.writeString(folder.resolve(PID_FILE), Long.toString(started.pid()));
        return started;
    }

    @Override
    void awaitAnswer(ChildProcess started) throws IOException {
        Readiness.await("Redis", started, START_WITHIN, this::answersPing);
    }

    static List<String> serverArguments(Path folder, Persistence persistence, int port) {
        return List.of(
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                folder.toAbsolutePath().toString(),
                "--save",
                "",
                "--appendonly",
                persistence == Persistence.NONE ? "no" : "yes",
                "--appendfsync",
                persistence == Persistence.EVERY_SECOND ? "everysec" : "always",
                "--maxmemory-policy",
                "noeviction");
    }

    private boolean answersPing() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), PING_TIMEOUT_MILLIS);
            socket.setSoTimeout(PING_TIMEOUT_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            // "-LOADING" means that it is still reading its file.
            return in.read() == '+' && in.read() == 'P';
        } catch (IOException e) {
            return false;
        }
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port());
    }

    /** SIGKILL, then a new process on the same port and data: a crash of the store. */
    public void crashAndRestart() throws IOException {
        kill();
        restart();
    }
}
