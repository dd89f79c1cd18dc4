package dev.drover.platform.redis;

import java.time.Duration;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;

import dev.drover.platform.faults.BreakerConfig;

/** A service's side of Redis without the service: the door, with short patience so that the tests are quick. */
public final class RedisClientSide implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofMillis(500);
    static final Duration BREAKER_DELAY = Duration.ofMillis(300);
    static final int BREAKER_CALLS = 6;
    static final int RETRIES = 2;
    static final int WAITING_MAX = 64;

    /** A connection for each call. */
    private static final int ALONE = 1;

    private record Patience(Duration timeout, int pipeline, int retries, Duration retryPause) implements RedisConfig {}

    private record Breaker(int calls, int failurePercent, Duration delay) implements BreakerConfig {}

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;
    private final RedisCalls calls;

    public RedisClientSide(String url, int connectionsMax) {
        this(url, connectionsMax, TIMEOUT);
    }

    RedisClientSide(String url, int connectionsMax, Duration timeout) {
        this(url, connectionsMax, ALONE, timeout);
    }

    /** @param pipeline how many calls share a connection */
    RedisClientSide(String url, int connectionsMax, int pipeline, Duration timeout) {
        this(new RedisOptions().setConnectionString(url), connectionsMax, pipeline, timeout);
    }

    /** @param urls of some of its nodes, separated by commas */
    static RedisClientSide ofCluster(String urls, int connectionsMax) {
        return ofCluster(urls, connectionsMax, TIMEOUT);
    }

    static RedisClientSide ofCluster(String urls, int connectionsMax, Duration timeout) {
        RedisOptions cluster = new RedisOptions().setType(RedisClientType.CLUSTER);
        for (String url : urls.split(",")) {
            cluster.addConnectionString(url);
        }
        return new RedisClientSide(cluster, connectionsMax, ALONE, timeout);
    }

    private RedisClientSide(RedisOptions server, int connectionsMax, int pipeline, Duration timeout) {
        redis = Redis.createClient(vertx, server.setMaxPoolSize(connectionsMax).setMaxPoolWaiting(WAITING_MAX));
        // What connecting costs a cold virtual machine is not what these tests are about.
        redis.send(Request.cmd(Command.PING)).await().indefinitely();
        calls = new RedisCalls(
                redis,
                new Patience(timeout, pipeline, RETRIES, Duration.ofMillis(20)),
                new Breaker(BREAKER_CALLS, 50, BREAKER_DELAY),
                server.getType(),
                connectionsMax,
                WAITING_MAX,
                vertx.getDelegate(),
                meters);
    }

    public RedisCalls calls() {
        return calls;
    }

    public Redis client() {
        return redis;
    }

    public io.vertx.core.Vertx vertx() {
        return vertx.getDelegate();
    }

    /** What the calls of one request of a service have in common: a Vert.x context of its own. */
    Context request() {
        return VertxContext.createNewDuplicatedContext(vertx.getDelegate().getOrCreateContext());
    }

    /** How many calls ended so. */
    long count(String outcome) {
        return meters.find("drover.redis.calls").tag("outcome", outcome).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    double breakerState() {
        return meters.get("drover.breaker.state").tag("store", "redis").gauge().value();
    }

    double transitionsTo(String state) {
        return meters.get("drover.breaker.transitions")
                .tag("to", state)
                .counter()
                .count();
    }

    @Override
    public void close() {
        redis.close();
        vertx.closeAndAwait();
    }
}
