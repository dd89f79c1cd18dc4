package dev.drover.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.arc.Arc;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;

/**
 * Lets the N-th call of the application to Redis fail, before it was carried out or after. It stands between the application's calls and
 * the client, has every call counted, and lets everything pass until it is told otherwise.
 */
@Singleton
public final class RedisFaults {

    public enum When {
        BEFORE,
        AFTER
    }

    private static final int NONE = 0;

    /** Of a connection; several calls may share one. */
    private static final Set<String> CALLS = Set.of("send", "batch");

    private final AtomicInteger untilFailure = new AtomicInteger(NONE);
    private volatile When when = When.BEFORE;
    private volatile Throwable outage;

    /** Of the application under test. */
    static RedisFaults ofTheApplication() {
        return Arc.container().instance(RedisFaults.class).get();
    }

    void failCall(int number, When moment) {
        when = moment;
        untilFailure.set(number);
    }

    /** Every call, until {@link #heal}. */
    void failAll(Throwable failure) {
        outage = failure;
    }

    /** Whether the call that was to fail has been made; if not, it will not be. */
    boolean heal() {
        outage = null;
        return untilFailure.getAndSet(NONE) <= NONE;
    }

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    io.vertx.mutiny.redis.client.Redis between(Redis client) {
        return io.vertx.mutiny.redis.client.Redis.newInstance(proxy(
                Redis.class,
                client,
                "connect",
                connected -> connected.map(connection ->
                        proxy(RedisConnection.class, (RedisConnection) connection, "send", this::faulty))));
    }

    private Future<?> faulty(Future<?> answer) {
        return answer.compose(given -> Future.failedFuture(new ConnectException("the test cut the connection")));
    }

    private interface Interception {
        Future<?> of(Future<?> result);
    }

    private <T> T proxy(Class<T> type, T target, String intercepted, Interception interception) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (CALLS.contains(method.getName())) {
                RequestCalls.count();
            }
            if (!method.getName().equals(intercepted)) {
                return invoke(target, method, args);
            }
            if (type == Redis.class) {
                return interception.of((Future<?>) invoke(target, method, args));
            }
            Throwable always = outage;
            if (always != null) {
                return Future.failedFuture(always);
            }
            boolean fails = untilFailure.get() > NONE && untilFailure.decrementAndGet() == NONE;
            if (fails && when == When.BEFORE) {
                return Future.failedFuture(new ConnectException("the test cut the connection"));
            }
            Future<?> answer = (Future<?>) invoke(target, method, args);
            return fails ? interception.of(answer) : answer;
        }));
    }

    private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
