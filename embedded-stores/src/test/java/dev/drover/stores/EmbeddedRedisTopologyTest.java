package dev.drover.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTopologyTest {

    @TempDir
    Path folder;

    @Test
    void aClusterServesEverySlotAndLeavesNoProcess() throws IOException {
        EmbeddedRedisCluster cluster = EmbeddedRedisCluster.start(folder, 3, 1);
        assertThat(cluster.nodes()).hasSize(6).allSatisfy(node -> assertThat(
                        RedisTalk.ask(node, "CLUSTER", "INFO").lines())
                .contains("cluster_state:ok", "cluster_slots_ok:16384", "cluster_size:3"));

        cluster.close();

        assertThat(cluster.nodes())
                .allSatisfy(node -> assertThat(node.isAlive()).isFalse());
    }

    @Test
    void sentinelsMakeTheReplicaPrimaryWhenThePrimaryDies() throws IOException {
        try (EmbeddedRedisSentinels all = EmbeddedRedisSentinels.start(folder, Duration.ofSeconds(1))) {
            EmbeddedRedis sentinel = all.sentinels().getFirst();
            String before = primary(sentinel);

            all.primary().kill();

            RedisTalk.await("another primary", Duration.ofSeconds(20), () -> !primary(sentinel)
                    .equals(before));
        }
    }

    private static String primary(EmbeddedRedis sentinel) {
        return RedisTalk.ask(sentinel, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", EmbeddedRedisSentinels.MASTER_NAME);
    }
}
