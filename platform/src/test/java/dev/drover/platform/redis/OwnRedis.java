package dev.drover.platform.redis;

import java.nio.file.Path;
import java.time.Duration;

import dev.drover.stores.EmbeddedRedis;

/** A Redis of one test, which may stop and kill it, and who calls it; both end, whatever the test has done to the Redis. */
public final class OwnRedis implements AutoCloseable {

    private final EmbeddedRedis server;
    private final RedisClientSide client;

    private OwnRedis(EmbeddedRedis server, RedisClientSide client) {
        this.server = server;
        this.client = client;
    }

    /** One that forgets when it ends, called over connections that no two calls share. */
    public static OwnRedis start(Path folder, int connectionsMax) throws Exception {
        EmbeddedRedis server = EmbeddedRedis.start(folder, EmbeddedRedis.Persistence.NONE, 0);
        return new OwnRedis(server, new RedisClientSide(server.url().toString(), connectionsMax));
    }

    /** @param pipeline how many calls share a connection */
    static OwnRedis start(
            Path folder, EmbeddedRedis.Persistence persistence, int connectionsMax, int pipeline, Duration timeout)
            throws Exception {
        EmbeddedRedis server = EmbeddedRedis.start(folder, persistence, 0);
        return new OwnRedis(server, new RedisClientSide(server.url().toString(), connectionsMax, pipeline, timeout));
    }

    public EmbeddedRedis server() {
        return server;
    }

    public RedisClientSide client() {
        return client;
    }

    @Override
    public void close() throws Exception {
        client.close();
        server.resume();
        server.close();
    }
}
