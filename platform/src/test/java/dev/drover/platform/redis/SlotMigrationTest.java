package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.impl.ZModem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.stores.EmbeddedRedis;
import dev.drover.stores.EmbeddedRedisCluster;
import dev.drover.stores.RedisTalk;

/** A slot is moved from node to node, as an operator does who adds or removes one, while scripts work on its keys. */
class SlotMigrationTest {

    private static final int WRITERS = 4;
    private static final int MOVES = 6;
    private static final int CALLS_BETWEEN_MOVES = 50;
    private static final Duration PROGRESS_WITHIN = Duration.ofSeconds(20);

    /** Two keys, so that there are moments when one of them has moved and the other has not. */
    private static final RedisScript BOTH = new RedisScript(
            "count_both",
            "redis.call('INCR', KEYS[1]) return redis.call('INCR', KEYS[2])",
            "f79137a16926d4366df11f85035da63cf9b5b599");

    @TempDir
    Path folder;

    private final String tag = "{" + UUID.randomUUID() + "}";
    private final List<String> keys = List.of(tag + ":one", tag + ":two");
    private final String slot = Integer.toString(ZModem.generate(keys.getFirst()));
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();

    @Test
    void scriptsGoOnWhileTheirSlotMovesAndNoneIsCarriedOutByHalvesOrTwice() throws Exception {
        try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.start(folder, 3, 0);
                RedisClientSide client = RedisClientSide.ofCluster(cluster.urls(), 16);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            RedisCalls calls = client.calls();
            List<Future<?>> writers = new ArrayList<>();
            try {
                for (int i = 0; i < WRITERS; i++) {
                    writers.add(threads.submit(() -> write(calls)));
                }
                for (int move = 0; move < MOVES; move++) {
                    awaitProgress();
                    move(cluster);
                }
                awaitProgress();
            } finally {
                over.set(true);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }

            int one = calls.send(Command.GET, keys.getFirst()).toInteger();
            int two = calls.send(Command.GET, keys.getLast()).toInteger();
            assertThat(one).isEqualTo(two);
            assertThat(one)
                    .as("acknowledged, and those of which nobody knows")
                    .isBetween(acknowledged.get(), acknowledged.get() + unavailable.get());
        }
    }

    private void write(RedisCalls calls) {
        while (!over.get()) {
            try {
                calls.run(BOTH, keys, List.of());
                acknowledged.incrementAndGet();
            } catch (StoreUnavailableException e) {
                unavailable.incrementAndGet();
            }
        }
    }

    private void awaitProgress() {
        int enough = acknowledged.get() + CALLS_BETWEEN_MOVES;
        long deadline = System.nanoTime() + PROGRESS_WITHIN.toNanos();
        while (acknowledged.get() < enough) {
            assertThat(System.nanoTime())
                    .as("%d acknowledged, %d unavailable", acknowledged.get(), unavailable.get())
                    .isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** To the next node, as {@code redis-cli --cluster reshard} does it. */
    private void move(EmbeddedRedisCluster cluster) {
        List<EmbeddedRedis> nodes = cluster.primaries();
        EmbeddedRedis from = nodes.stream()
                .filter(node -> !RedisTalk.ask(node.url(), "CLUSTER", "COUNTKEYSINSLOT", slot)
                        .equals("0"))
                .findFirst()
                .orElseThrow();
        EmbeddedRedis to = nodes.get((nodes.indexOf(from) + 1) % nodes.size());
        setSlot(to, "IMPORTING", id(from));
        setSlot(from, "MIGRATING", id(to));
        for (String key : keys) {
            assertThat(RedisTalk.ask(from.url(), "MIGRATE", "127.0.0.1", Integer.toString(to.port()), key, "0", "1000"))
                    .isEqualTo("OK");
        }
        setSlot(to, "NODE", id(to));
        for (EmbeddedRedis node : nodes) {
            setSlot(node, "NODE", id(to));
        }
    }

    private void setSlot(EmbeddedRedis node, String state, String other) {
        assertThat(RedisTalk.ask(node.url(), "CLUSTER", "SETSLOT", slot, state, other))
                .isEqualTo("OK");
    }

    private static String id(EmbeddedRedis node) {
        return RedisTalk.ask(node.url(), "CLUSTER", "MYID");
    }
}
