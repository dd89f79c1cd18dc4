package dev.drover.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.drover.stores.EmbeddedRedis;
import dev.drover.stores.EmbeddedRedis.Persistence;
import dev.drover.stores.EmbeddedRedis.Server;
import dev.drover.stores.EmbeddedRedisCluster;
import dev.drover.stores.EmbeddedRedisSentinels;

/** The Redis a run of the tests is for, and the variables of the environment contract that name it. */
record TestedRedis(Map<String, String> environment, List<ScriptWatch> watches, AutoCloseable processes) {

    /** Longer than a busy machine keeps a server from answering: a failover nobody asked for would lose what a test has just written. */
    private static final Duration STALLED = Duration.ofSeconds(30);

    /** {@code standalone}, {@code bundled}, {@code cluster} or {@code sentinel}; {@code ./drover test --redis} sets it. */
    static final String MODE = "drover.test.redis";

    /** Names a Redis that is there already. */
    static final String GIVEN = "REDIS_URL";

    /** Set where the variables are those of a packaged service's process, which only have to be there: its fixtures' properties come before them. */
    private static final String PACKAGED = "drover.test.packaged";

    private static final int PRIMARIES = 3;

    /**
     * What {@code REDIS_URL} names, when it is set; otherwise one of our own, in the mode asked for.
     *
     * @param replicasEach replicas of each primary of a cluster; with sentinels there is always one
     */
    static TestedRedis start(int replicasEach) {
        String given = System.getenv(GIVEN);
        if (given != null && !given.isBlank() && !Boolean.getBoolean(PACKAGED)) {
            return new TestedRedis(Map.of("REDIS_URL", given), List.of(), () -> {});
        }
        try {
            return start(System.getProperty(MODE, "standalone"), Path.of("target", "redis"), replicasEach);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestedRedis start(String mode, Path folder, int replicasEach) throws IOException {
        return switch (mode) {
            case "standalone" -> single(EmbeddedRedis.start(folder, Server.INSTALLED, Persistence.NONE, 0));
            case "bundled" -> single(EmbeddedRedis.start(folder, Server.BUNDLED, Persistence.NONE, 0));
            case "cluster" -> {
                EmbeddedRedisCluster cluster = EmbeddedRedisCluster.start(folder, PRIMARIES, replicasEach);
                yield of(mode, cluster.urls(), cluster.primaries(), cluster);
            }
            case "sentinel" -> {
                EmbeddedRedisSentinels sentinels = EmbeddedRedisSentinels.start(folder, STALLED);
                yield of(mode, sentinels.urls(), List.of(sentinels.primary()), sentinels);
            }
            default ->
                throw new IllegalArgumentException(
                        MODE + " is standalone, bundled, cluster or sentinel, and not " + mode);
        };
    }

    private static TestedRedis single(EmbeddedRedis redis) {
        RedisRelay relay = new RedisRelay(redis.url());
        AutoCloseable both = () -> {
            relay.close();
            redis.close();
        };
        return new TestedRedis(
                Map.of(
                        "REDIS_URL",
                        relay.url(),
                        "REDIS_MODE",
                        "standalone",
                        RoundTrips.RECORDER_PORT,
                        Integer.toString(relay.recorderPort())),
                watching(List.of(redis)),
                both);
    }

    private static TestedRedis of(String mode, String urls, List<EmbeddedRedis> primaries, AutoCloseable processes) {
        return new TestedRedis(
                Map.of("REDIS_URL", urls, "REDIS_MODE", mode, "REDIS_MASTER_NAME", EmbeddedRedisSentinels.MASTER_NAME),
                watching(primaries),
                processes);
    }

    private static List<ScriptWatch> watching(List<EmbeddedRedis> primaries) {
        return primaries.stream()
                .map(primary -> ScriptWatch.of(primary.url(), ScriptRecord.ofThisJvm()))
                .toList();
    }

    void close() {
        watches.forEach(ScriptWatch::close);
        try {
            processes.close();
        } catch (Exception e) {
            throw new IllegalStateException("Redis could not be stopped", e);
        }
    }
}
