package dev.drover.platform.redis;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * Sends single calls over the client's pooled connections. Unlike the client's own {@code send} it knows whether a call has left the
 * process, and does not send one nobody waits for any more once a connection comes free.
 */
final class RedisPool {

    private static final long RENEW_PAUSE_NANOS = 1_000_000_000;

    private final Redis redis;
    private final int connectionsMax;
    private final Turns turns;

    @ProcessLocal(because = "bounds how often this process renews its connections")
    private final AtomicLong renewedNanos = new AtomicLong(System.nanoTime() - RENEW_PAUSE_NANOS);

    RedisPool(Redis redis, int connectionsMax, int waitingMax) {
        this.redis = redis;
        this.connectionsMax = connectionsMax;
        this.turns = new Turns(connectionsMax, waitingMax);
    }

    /** What is said over a connection, and the answer to it. */
    interface Exchange {
        Future<Response> on(RedisConnection connection);
    }

    /**
     * Tells the answer, null for nil, or why there is none; in the Vert.x context of whoever calls, if there is one.
     *
     * @param isOver nobody waits any more: what has not been sent by then never is, and nothing is told
     */
    void send(Exchange exchange, BooleanSupplier isOver, BiConsumer<Response, Throwable> told) {
        Context caller = Vertx.currentContext();
        if (!turns.take(() -> on(caller, () -> connect(exchange, isOver, told)))) {
            told.accept(
                    null,
                    new RedisFailure.NotSent(
                            new ConnectionPoolTooBusyException("as many calls wait for a connection as may")));
        }
    }

    /** A turn is often given by the end of another request's call, in whose context nothing of this one may go on. */
    private static void on(Context caller, Runnable turn) {
        if (caller == Vertx.currentContext()) {
            turn.run();
        } else if (caller != null) {
            caller.runOnContext(ignored -> turn.run());
        } else {
            Thread.startVirtualThread(turn);
        }
    }

    private void connect(Exchange exchange, BooleanSupplier isOver, BiConsumer<Response, Throwable> told) {
        if (isOver.getAsBoolean()) {
            turns.end();
            return;
        }
        redis.connect().onComplete(connected -> {
            if (connected.failed()) {
                turns.end();
                told.accept(null, new RedisFailure.NotSent(connected.cause()));
            } else if (isOver.getAsBoolean()) {
                connected.result().close();
                turns.end();
            } else {
                send(connected.result(), exchange, told);
            }
        });
    }

    private void send(RedisConnection connection, Exchange exchange, BiConsumer<Response, Throwable> told) {
        exchange.on(connection).onComplete(answered -> {
            connection.close();
            turns.end();
            told.accept(answered.result(), answered.cause());
        });
    }

    /**
     * Gives the connections up, for they lead to a node that is no primary any more; those made next are made by name, and find the one that
     * is. At most once in a second, and never those in use: the next call on them asks again.
     */
    void renew() {
        long last = renewedNanos.get();
        long now = System.nanoTime();
        if (now - last < RENEW_PAUSE_NANOS || !renewedNanos.compareAndSet(last, now)) {
            return;
        }
        for (int i = 0; i < connectionsMax; i++) {
            // Redis answers and closes; the pool forgets a connection that was closed.
            redis.send(Request.cmd(Command.QUIT));
        }
    }
}
