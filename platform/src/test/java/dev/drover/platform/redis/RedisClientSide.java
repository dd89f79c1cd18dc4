package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

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
import dev.drover.platform.faults.StoreFault;

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

    /** Of a read that must fail. */
    StoreFault faultOfRead(String key) {
        return catchThrowableOfType(
                        StoreUnavailableException.class, () -> calls.send(io.vertx.redis.client.Command.GET, key))
                .fault();
    }

    /** Full service within two seconds, as promised; what the key holds then. */
    Object untilAnswered(String key) {
        long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (true) {
            try {
                return calls.send(io.vertx.redis.client.Command.GET, key);
            } catch (StoreUnavailableException e) {
                assertThat(System.nanoTime()).as("no answer in time: %s", e).isLessThan(deadline);
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    @Override
    public void close() {
        redis.close();
        vertx.closeAndAwait();
    }
}
