package dev.drover.platform.redis;

import java.time.Duration;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.drover.platform.start.WarmUp;
import dev.drover.platform.start.WarmUpConfig;

/** Opens connections: calls made at once each take one of their own, to every node of a cluster. Scripts are loaded by whoever runs them. */
@Singleton
final class RedisWarmUp implements WarmUp {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final RedisCalls redis;
    private final int connections;

    RedisWarmUp(
            RedisCalls redis,
            WarmUpConfig config,
            @ConfigProperty(name = "quarkus.redis.max-pool-size") int connectionsMax) {
        this.redis = redis;
        this.connections = Math.min(config.connections(), connectionsMax);
    }

    /** A cold connection may outlast the time a call has, and then the breaker opens: an instance that begins so would refuse its first clients. */
    @Override
    public void run() throws InterruptedException {
        while (!isWellConnected()) {
            Thread.sleep(PAUSE);
        }
    }

    private boolean isWellConnected() {
        try {
            Uni.join()
                    .all(Stream.<Uni<Response>>generate(() -> redis.sendAsync(Command.PING))
                            .limit(connections)
                            .toList())
                    .andFailFast()
                    .await()
                    .indefinitely();
            return true;
        } catch (StoreUnavailableException notYet) {
            return false;
        }
    }
}
