package dev.drover.platform.redis;

import java.time.Duration;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.drover.platform.start.WarmUp;
import dev.drover.platform.start.WarmUpConfig;

/**
 * Opens connections: calls made at once on different event loops take different ones, and in a cluster each takes one to every node. Scripts are loaded by
 * whoever runs them.
 */
@Singleton
final class RedisWarmUp implements WarmUp {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final RedisCalls redis;
    private final Vertx vertx;
    private final int connections;

    RedisWarmUp(
            RedisCalls redis,
            Vertx vertx,
            WarmUpConfig config,
            @ConfigProperty(name = "quarkus.redis.max-pool-size") int connectionsMax) {
        this.redis = redis;
        this.vertx = vertx;
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
                    .all(Stream.generate(this::pong).limit(connections).toList())
                    .andFailFast()
                    .await()
                    .indefinitely();
            return true;
        } catch (StoreUnavailableException notYet) {
            return false;
        }
    }

    /** Event loops take turns. */
    private Uni<Response> pong() {
        ContextInternal loop = ((VertxInternal) vertx).createEventLoopContext();
        return Uni.createFrom()
                .emitter(emitter -> loop.runOnContext(
                        there -> redis.sendAsync(Command.PING).subscribe().with(emitter::complete, emitter::fail)));
    }
}
