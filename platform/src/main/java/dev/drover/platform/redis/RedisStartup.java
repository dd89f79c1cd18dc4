package dev.drover.platform.redis;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.inject.Singleton;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * Start-up waits for Redis to have answered once. After that neither readiness nor liveness asks again: a hiccup of the store must not
 * take every instance out at once.
 */
@Singleton
@Startup
@Readiness
final class RedisStartup implements AsyncHealthCheck {

    private final RedisCalls redis;

    @ProcessLocal(because = "whether this process has started")
    private final AtomicBoolean answeredOnce = new AtomicBoolean();

    RedisStartup(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (answeredOnce.get()) {
            return Uni.createFrom().item(HealthCheckResponse.up("redis answered once"));
        }
        return redis.sendAsync(Command.PING)
                .invoke(pong -> answeredOnce.set(true))
                .map(pong -> HealthCheckResponse.up("redis answered once"))
                .onFailure()
                .recoverWithItem(HealthCheckResponse.down("redis answered once"));
    }
}
