package dev.drover.platform.redis;

import java.nio.file.Path;
import java.util.UUID;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.stores.EmbeddedRedis;

/** A Redis that a test may stop and kill, a key in it that is "1", and who calls it. */
abstract class FaultyRedisSetting {

    static final int CONNECTIONS = 4;

    @TempDir
    Path folder;

    private OwnRedis own;
    EmbeddedRedis redis;
    RedisClientSide client;
    RedisCalls calls;

    final String key = "{" + UUID.randomUUID() + "}";

    /** How many calls share a connection. */
    int pipeline() {
        return 1;
    }

    @BeforeEach
    void start() throws Exception {
        own = OwnRedis.start(
                folder, EmbeddedRedis.Persistence.ALWAYS, CONNECTIONS, pipeline(), RedisClientSide.TIMEOUT);
        redis = own.server();
        client = own.client();
        calls = client.calls();
        calls.send(Command.SET, key, "1");
    }

    @AfterEach
    void stop() throws Exception {
        own.close();
    }
}
