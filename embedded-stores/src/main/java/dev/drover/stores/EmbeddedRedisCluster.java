package dev.drover.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.drover.stores.EmbeddedRedis.Persistence;
import dev.drover.stores.process.FreePort;

/**
 * A Redis Cluster of local processes, put together by the cluster's own commands. The hash slots are shared out evenly over the primaries,
 * and each primary has the same number of replicas. Nothing of an earlier one is loaded.
 */
public final class EmbeddedRedisCluster implements AutoCloseable {

    private static final int SLOTS = 16_384;
    /** The cluster bus of a node listens this far above its port; only Redis 7 could be told otherwise. */
    private static final int BUS_OFFSET = 10_000;

    private static final int PORT_ATTEMPTS = 100;
    private static final Duration NODE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FORM_WITHIN = Duration.ofSeconds(30);

    private final List<EmbeddedRedis> primaries = new ArrayList<>();
    private final List<EmbeddedRedis> replicas = new ArrayList<>();

    private EmbeddedRedisCluster() {}

    /**
     * Returns when every node knows every other, every slot is served and every replica follows.
     *
     * @param primaries at least 3, or nobody could vote a replica in
     * @throws IOException when it does not form in time
     */
    public static EmbeddedRedisCluster start(Path folder, int primaries, int replicasEach) throws IOException {
        EmbeddedRedisCluster cluster = new EmbeddedRedisCluster();
        try {
            for (int i = 0; i < primaries; i++) {
                cluster.primaries.add(node(folder.resolve("primary-" + i)));
            }
            for (int i = 0; i < primaries * replicasEach; i++) {
                cluster.replicas.add(node(folder.resolve("replica-" + i)));
            }
            cluster.form();
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static EmbeddedRedis node(Path folder) throws IOException {
        int port = portWithBus();
        Files.deleteIfExists(folder.resolve("nodes.conf"));
        List<String> arguments = new ArrayList<>(EmbeddedRedis.serverArguments(folder, Persistence.NONE, port));
        arguments.addAll(List.of("--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf"));
        arguments.addAll(List.of("--cluster-node-timeout", Long.toString(NODE_TIMEOUT.toMillis())));
        arguments.addAll(List.of("--repl-diskless-sync-delay", "0"));
        return EmbeddedRedis.start(folder, port, arguments);
    }

    private static int portWithBus() {
        return IntStream.range(0, PORT_ATTEMPTS)
                .map(attempt -> FreePort.find())
                .filter(port -> FreePort.isFree(port + BUS_OFFSET))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free pair of ports for a cluster node"));
    }

    private void form() throws IOException {
        for (int i = 0; i < primaries.size(); i++) {
            EmbeddedRedis node = primaries.get(i);
            RedisTalk.ask(node, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            RedisTalk.ask(node, "CLUSTER", addSlots(i));
        }
        EmbeddedRedis first = primaries.getFirst();
        for (EmbeddedRedis other : nodes().subList(1, nodes().size())) {
            RedisTalk.ask(first, "CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port()));
        }
        RedisTalk.await("a cluster of " + nodes().size() + " nodes", FORM_WITHIN, () -> nodes().stream()
                .allMatch(this::knowsAll));
        for (int i = 0; i < replicas.size(); i++) {
            String primary = RedisTalk.ask(primaries.get(i % primaries.size()), "CLUSTER", "MYID");
            RedisTalk.ask(replicas.get(i), "CLUSTER", "REPLICATE", primary);
        }
        RedisTalk.await("replication in the cluster", FORM_WITHIN, this::isReplicated);
    }

    private String[] addSlots(int primary) {
        int from = SLOTS * primary / primaries.size();
        int to = SLOTS * (primary + 1) / primaries.size();
        List<String> command =
                IntStream.range(from, to).mapToObj(Integer::toString).collect(Collectors.toList());
        command.addFirst("ADDSLOTS");
        return command.toArray(String[]::new);
    }

    private boolean knowsAll(EmbeddedRedis node) {
        String info = RedisTalk.ask(node, "CLUSTER", "INFO");
        return info.contains("cluster_state:ok\r")
                && info.contains("cluster_known_nodes:" + nodes().size() + "\r")
                && !RedisTalk.ask(node, "CLUSTER", "NODES").contains("handshake");
    }

    /** Every replica follows, and every node tells clients so: a client learns of the replicas from whichever node it asks. */
    private boolean isReplicated() {
        return replicas.stream().allMatch(replica -> RedisTalk.ask(replica, "INFO", "replication")
                        .contains("master_link_status:up"))
                && nodes().stream()
                        .map(node -> RedisTalk.ask(node, "CLUSTER", "NODES"))
                        .allMatch(nodes -> nodes.lines()
                                        .filter(line -> line.contains("slave"))
                                        .count()
                                == replicas.size());
    }

    /** All nodes, separated by commas, as {@code REDIS_URL} takes them. */
    public String urls() {
        return nodes().stream().map(node -> node.url().toString()).collect(Collectors.joining(","));
    }

    public List<EmbeddedRedis> nodes() {
        List<EmbeddedRedis> nodes = new ArrayList<>(primaries);
        nodes.addAll(replicas);
        return nodes;
    }

    /** Those that were primaries when it started. */
    public List<EmbeddedRedis> primaries() {
        return List.copyOf(primaries);
    }

    /** The replicas, in the order of their primaries. */
    public List<EmbeddedRedis> replicas() {
        return List.copyOf(replicas);
    }

    @Override
    public void close() {
        RedisTalk.close(nodes().stream());
    }
}
