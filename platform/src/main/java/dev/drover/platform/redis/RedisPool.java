package dev.drover.platform.redis;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** Each call has a connection of the client's pool to itself while it is on its way. */
final class RedisPool implements RedisTransport {

    private final Redis redis;
    private final int connectionsMax;
    private final Turns turns;
    private final OnceASecond renewals = new OnceASecond();

    /** @param turns as many as connections */
    RedisPool(Redis redis, int connectionsMax, Turns turns) {
        this.redis = redis;
        this.connectionsMax = connectionsMax;
        this.turns = turns;
    }

    @Override
    public void send(Exchange exchange, BooleanSupplier isOver, BiConsumer<Response, Throwable> told) {
        Context caller = Vertx.currentContext();
        if (!turns.take(() -> RedisTransport.on(caller, () -> connect(exchange, isOver, told)))) {
            told.accept(null, RedisFailure.NotSent.crowded());
        }
    }

    private void connect(Exchange exchange, BooleanSupplier isOver, BiConsumer<Response, Throwable> told) {
        if (isOver.getAsBoolean()) {
            turns.end();
            return;
        }
        RedisTransport.connect(redis).onComplete(connected -> {
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

    /** Never those in use: the next call on them asks again. */
    @Override
    public void renew() {
        if (!renewals.isDue()) {
            return;
        }
        for (int i = 0; i < connectionsMax; i++) {
            // Redis answers and closes; the pool forgets a connection that was closed.
            redis.send(Request.cmd(Command.QUIT));
        }
    }
}
