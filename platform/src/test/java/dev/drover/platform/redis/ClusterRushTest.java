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
import java.util.stream.IntStream;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.stores.EmbeddedRedisCluster;

/** A sweep asks about many keys at once, of every node of a cluster, and so do sweeps beside it. */
class ClusterRushTest {

    private static final int SWEEPS_AT_ONCE = 3;
    private static final int KEYS = 16;
    private static final int ROUNDS = 60;

    /** Longer than a busy machine needs for a round; calls that wait for one another wait for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void manyCallsAtOnceDoNotWaitForOneAnother() throws Exception {
        try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.start(folder, 3, 0);
                RedisClientSide client = RedisClientSide.ofCluster(cluster.urls(), 4, PATIENCE);
                ExecutorService threads = Executors.newFixedThreadPool(SWEEPS_AT_ONCE)) {
            List<Future<?>> sweeps = new ArrayList<>();
            for (int i = 0; i < SWEEPS_AT_ONCE; i++) {
                sweeps.add(threads.submit(() -> IntStream.range(0, ROUNDS).forEach(round -> sweep(client.calls()))));
            }
            for (Future<?> sweep : sweeps) {
                sweep.get();
            }
            assertThat(client.count("timeout")).isZero();
        }
    }

    private static void sweep(RedisCalls calls) {
        List<Uni<Response>> asked = IntStream.range(0, KEYS)
                .mapToObj(key -> calls.sendAsync(Command.GET, UUID.randomUUID().toString()))
                .toList();
        Uni.join().all(asked).andCollectFailures().await().indefinitely();
    }
}
