package dev.drover.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.drover.stores.EmbeddedRedis.Persistence;
import dev.drover.stores.process.FreePort;

/** A primary, a replica of it, and three sentinels that make the replica primary when two of them miss the old one. */
public final class EmbeddedRedisSentinels implements AutoCloseable {

    public static final String MASTER_NAME = "drover";

    private static final int SENTINELS = 3;
    private static final int QUORUM = 2;
    private static final Duration FAILOVER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FORM_WITHIN = Duration.ofSeconds(30);

    private final List<EmbeddedRedis> servers = new ArrayList<>();
    private final List<EmbeddedRedis> sentinels = new ArrayList<>();

    private EmbeddedRedisSentinels() {}

    /**
     * Returns when the replica follows and every sentinel knows all of it.
     *
     * @param downAfter how long a primary says nothing before another takes its place, which loses what was not replicated yet
     * @throws IOException when that does not happen in time
     */
    public static EmbeddedRedisSentinels start(Path folder, Duration downAfter) throws IOException {
        EmbeddedRedisSentinels all = new EmbeddedRedisSentinels();
        try {
            all.form(folder, downAfter);
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void form(Path folder, Duration downAfter) throws IOException {
        EmbeddedRedis primary = server(folder.resolve("primary"), List.of());
        servers.add(primary);
        servers.add(server(folder.resolve("replica"), List.of("--replicaof", "127.0.0.1 " + primary.port())));
        RedisTalk.await("replication", FORM_WITHIN, () -> RedisTalk.ask(servers.get(1), "INFO", "replication")
                .contains("master_link_status:up"));
        for (int i = 0; i < SENTINELS; i++) {
            sentinels.add(sentinel(folder.resolve("sentinel-" + i), primary.port(), downAfter));
        }
        RedisTalk.await("agreement of the sentinels", FORM_WITHIN, () -> sentinels.stream()
                .allMatch(EmbeddedRedisSentinels::knowsAll));
    }

    private static EmbeddedRedis server(Path folder, List<String> more) throws IOException {
        int port = FreePort.find();
        List<String> arguments = new ArrayList<>(EmbeddedRedis.serverArguments(folder, Persistence.NONE, port));
        arguments.addAll(List.of("--repl-diskless-sync-delay", "0"));
        arguments.addAll(more);
        return EmbeddedRedis.start(folder, port, arguments);
    }

    /** A sentinel keeps what it learns in its configuration file, so it gets one of its own. */
    private static EmbeddedRedis sentinel(Path folder, int primaryPort, Duration downAfter) throws IOException {
        int port = FreePort.find();
        Files.createDirectories(folder);
        Path configuration = folder.resolve("sentinel.conf");
        Files.writeString(configuration, """
                bind 127.0.0.1
                port %d
                dir %s
                sentinel monitor %5$s 127.0.0.1 %3$d %4$d
                sentinel down-after-milliseconds %5$s %6$d
                sentinel failover-timeout %5$s %7$d
                """.formatted(
                        port,
                        folder.toAbsolutePath(),
                        primaryPort,
                        QUORUM,
                        MASTER_NAME,
                        downAfter.toMillis(),
                        FAILOVER_TIMEOUT.toMillis()));
        return EmbeddedRedis.start(
                folder, port, List.of(configuration.toAbsolutePath().toString(), "--sentinel"));
    }

    private static boolean knowsAll(EmbeddedRedis sentinel) {
        String info = RedisTalk.ask(sentinel, "INFO", "sentinel");
        return info.contains("status=ok") && info.contains("slaves=1,sentinels=" + SENTINELS);
    }

    /** The sentinels, separated by commas, as {@code REDIS_URL} takes them. */
    public String urls() {
        return sentinels.stream().map(sentinel -> sentinel.url().toString()).collect(Collectors.joining(","));
    }

    /** The server that was primary when it started. */
    public EmbeddedRedis primary() {
        return servers.getFirst();
    }

    public List<EmbeddedRedis> sentinels() {
        return List.copyOf(sentinels);
    }

    /** The sentinels go first, or they would see a failure in the stop. */
    @Override
    public void close() {
        RedisTalk.close(sentinels.stream());
        RedisTalk.close(servers.stream());
    }
}
