package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.impl.ZModem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.platform.faults.StoreFault;
import dev.drover.stores.EmbeddedRedis;
import dev.drover.stores.EmbeddedRedisCluster;
import dev.drover.stores.RedisTalk;

/** Many hashes that are read together: one Redis, a cluster, and a cluster in which a slot has moved since. */
class HashReadsTest {

    private static final int HASHES = 600;
    private static final Pattern READS = Pattern.compile("cmdstat_hmget:calls=(\\d+)");

    @TempDir
    Path folder;

    private final String name = UUID.randomUUID().toString();
    private final List<String> keys =
            IntStream.range(0, HASHES).mapToObj(i -> "{" + name + i + "}:hash").toList();

    @Test
    void eachIsReadOnceAndTheAnswersAreInTheOrderOfTheKeys() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder, EmbeddedRedis.Persistence.NONE, 0);
                RedisClientSide client = new RedisClientSide(redis.url().toString(), 2)) {
            store(client.calls());
            long messages = client.count("ok");

            assertAllAreRead(client.calls());

            assertThat(client.count("ok") - messages).isEqualTo(Math.ceilDiv(HASHES, RedisCalls.BATCH));
            assertThat(reads(redis.url())).isEqualTo(HASHES);
            assertThat(client.calls().readHashes(List.of(), "n")).isEmpty();
        }
    }

    @Test
    void whatIsNoHashFailsTheWholeAndTheConnectionIsGoodForTheNext() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder, EmbeddedRedis.Persistence.NONE, 0);
                RedisClientSide client = new RedisClientSide(redis.url().toString(), 1)) {
            store(client.calls());
            client.calls().send(Command.SET, name, "no hash");

            assertThatThrownBy(() -> client.calls().readHashes(List.of(keys.get(0), name, keys.get(1)), "n"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("WRONGTYPE");
            assertAllAreRead(client.calls());
        }
    }

    @Test
    void ofARedisThatIsGoneIsToldWhatEveryCallTells() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder, EmbeddedRedis.Persistence.NONE, 0);
                RedisClientSide client = new RedisClientSide(redis.url().toString(), 2)) {
            redis.kill();
            assertThatThrownBy(() -> client.calls().readHashes(keys, "n"))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class, unavailable -> assertThat(unavailable.fault())
                                    .isIn(StoreFault.CONNECTION, StoreFault.TIMEOUT));
        }
    }

    @Test
    void inAClusterEachNodeIsAskedForItsOwnAndWhatHasMovedSinceIsFound() throws Exception {
        try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.start(folder, 3, 0);
                RedisClientSide client = RedisClientSide.ofCluster(cluster.urls(), 4)) {
            store(client.calls());

            assertAllAreRead(client.calls());
            assertThat(cluster.primaries().stream()
                            .mapToLong(node -> reads(node.url()))
                            .sum())
                    .as("no node was asked for what another has")
                    .isEqualTo(HASHES);

            move(cluster, keys.get(4));
            assertAllAreRead(client.calls());
        }
    }

    private void store(RedisCalls calls) {
        for (int i = 0; i < HASHES; i += 2) {
            calls.send(Command.HSET, keys.get(i), "n", Integer.toString(i));
        }
    }

    private void assertAllAreRead(RedisCalls calls) {
        List<Response> answers = calls.readHashes(keys, "n", "absent");
        assertThat(answers).hasSize(HASHES);
        for (int i = 0; i < HASHES; i++) {
            Response number = answers.get(i).get(0);
            assertThat(number == null ? null : number.toString()).isEqualTo(i % 2 == 0 ? Integer.toString(i) : null);
            assertThat(answers.get(i).get(1)).isNull();
        }
    }

    private static long reads(URI node) {
        Matcher line = READS.matcher(RedisTalk.ask(node, "INFO", "commandstats"));
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    /** The slot of a key, to the next node. */
    private static void move(EmbeddedRedisCluster cluster, String key) {
        String slot = Integer.toString(ZModem.generate(key));
        List<EmbeddedRedis> nodes = cluster.primaries();
        EmbeddedRedis from = nodes.stream()
                .filter(node -> !RedisTalk.ask(node.url(), "CLUSTER", "COUNTKEYSINSLOT", slot)
                        .equals("0"))
                .findFirst()
                .orElseThrow();
        EmbeddedRedis to = nodes.get((nodes.indexOf(from) + 1) % nodes.size());
        String toId = RedisTalk.ask(to.url(), "CLUSTER", "MYID");
        RedisTalk.ask(to.url(), "CLUSTER", "SETSLOT", slot, "IMPORTING", RedisTalk.ask(from.url(), "CLUSTER", "MYID"));
        RedisTalk.ask(from.url(), "CLUSTER", "SETSLOT", slot, "MIGRATING", toId);
        RedisTalk.ask(from.url(), "MIGRATE", "127.0.0.1", Integer.toString(to.port()), key, "0", "1000");
        nodes.forEach(node -> RedisTalk.ask(node.url(), "CLUSTER", "SETSLOT", slot, "NODE", toId));
    }
}
