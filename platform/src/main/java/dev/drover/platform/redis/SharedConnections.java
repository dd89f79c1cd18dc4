package dev.drover.platform.redis;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Response;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * Calls of many requests go over one connection, one behind the other, without waiting for each other's answers (pipelining, as Redis's documentation
 * calls it): what comes at once is read and answered by Redis at once, and no call waits for a connection of its own. Each event loop has its
 * connection, so that calls need not change threads; others take any of them.
 */
final class SharedConnections implements RedisTransport {

    /** A connection over which nothing has come for so long although calls are on their way is not used for further ones: it may be dead. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(2);

    private final Redis redis;
    private final Turns turns;
    private final OnceASecond renewals = new OnceASecond();

    @ProcessLocal(because = "this process's own connections; whoever finds none makes one")
    private final AtomicReferenceArray<SharedConnection> connections;

    @ProcessLocal(because = "which of them is whose: as many entries as this process has event loops")
    private final Map<EventLoop, Integer> places = new ConcurrentHashMap<>();

    @ProcessLocal(because = "how many places are given away")
    private final AtomicInteger given = new AtomicInteger();

    /** @param turns how many calls are on their way at once, over all connections */
    SharedConnections(Redis redis, int connectionsMax, Turns turns) {
        this.redis = redis;
        this.turns = turns;
        this.connections = new AtomicReferenceArray<>(connectionsMax);
    }

    @Override
    public void send(Exchange exchange, BooleanSupplier isOver, BiConsumer<Response, Throwable> told) {
        Context caller = Vertx.currentContext();
        if (!turns.take(() -> RedisTransport.on(caller, () -> take(caller, exchange, isOver, told)))) {
            told.accept(null, RedisFailure.NotSent.crowded());
        }
    }

    private void take(Context caller, Exchange exchange, BooleanSupplier isOver, BiConsumer<Response, Throwable> told) {
        if (isOver.getAsBoolean()) {
            turns.end();
            return;
        }
        SharedConnection shared = join(place());
        RedisConnection open = shared.open();
        if (open != null) {
            send(shared, open, exchange, told);
            return;
        }
        shared.opening()
                .onComplete(connected -> RedisTransport.on(caller, () -> {
                    if (connected.failed()) {
                        leave(shared);
                        told.accept(null, new RedisFailure.NotSent(connected.cause()));
                    } else if (isOver.getAsBoolean()) {
                        leave(shared);
                    } else {
                        send(shared, connected.result(), exchange, told);
                    }
                }));
    }

    private void send(
            SharedConnection shared,
            RedisConnection connection,
            Exchange exchange,
            BiConsumer<Response, Throwable> told) {
        exchange.on(connection).onComplete(answered -> {
            shared.heard();
            leave(shared);
            told.accept(answered.result(), answered.cause());
        });
    }

    private void leave(SharedConnection shared) {
        shared.leave();
        turns.end();
    }

    /** The connection of a place, with room kept for one call; made where there is none, or only one that is silent. */
    private SharedConnection join(int place) {
        while (true) {
            SharedConnection known = connections.get(place);
            if (known != null && !known.isSilent(SILENCE_MAX) && known.join()) {
                return known;
            }
            SharedConnection fresh = new SharedConnection(ended -> connections.compareAndSet(place, ended, null));
            // Joined before anybody else sees it, and kept by this call whatever becomes of it: a client that is closed
            // fails at once, always.
            fresh.join();
            if (connections.compareAndSet(place, known, fresh)) {
                if (known != null) {
                    known.retire();
                }
                fresh.open(RedisTransport.connect(redis));
                return fresh;
            }
        }
    }

    private int place() {
        if (Vertx.currentContext() instanceof ContextInternal context) {
            return places.computeIfAbsent(
                    context.nettyEventLoop(), loop -> given.getAndIncrement() % connections.length());
        }
        return ThreadLocalRandom.current().nextInt(Math.clamp(given.get(), 1, connections.length()));
    }

    @Override
    public void renew() {
        if (!renewals.isDue()) {
            return;
        }
        for (int place = 0; place < connections.length(); place++) {
            SharedConnection known = connections.getAndSet(place, null);
            if (known != null) {
                known.retire();
            }
        }
    }
}
