package dev.drover.platform.redis;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Response;

/** The way of single calls to Redis and back. It knows whether a call has left the process, and does not send one nobody waits for any more. */
interface RedisTransport {

    /** What is said over a connection, and the answer to it. */
    interface Exchange {
        Future<Response> on(RedisConnection connection);
    }

    /**
     * One Redis takes many calls over one connection; in a cluster and with Sentinel, where a connection of the client's is several, each call has one
     * to itself.
     *
     * @param callsEach      calls on their way over one connection at once
     * @param connectionsMax connections at once
     * @param waitingMax     calls that may wait for either
     */
    static RedisTransport of(Redis redis, RedisClientType type, int callsEach, int connectionsMax, int waitingMax) {
        return type == RedisClientType.STANDALONE && callsEach > 1
                ? new SharedConnections(redis, connectionsMax, new Turns(connectionsMax * callsEach, waitingMax))
                : new RedisPool(redis, connectionsMax, new Turns(connectionsMax, waitingMax));
    }

    /**
     * Tells the answer, null for nil, or why there is none.
     *
     * @param isOver nobody waits any more: what has not been sent by then never is, and nothing is told
     */
    void send(Exchange exchange, BooleanSupplier isOver, BiConsumer<Response, Throwable> told);

    /**
     * Gives the connections up, for they lead to a node that is no primary any more; those made next are made by name, and find the one that
     * is. At most once in a second, and never under a call that is on its way.
     */
    void renew();

    /** A client that is closed throws, and so does one whose event loops have ended; it is told as any connection is that could not be made. */
    static Future<RedisConnection> connect(Redis redis) {
        try {
            return redis.connect();
        } catch (RuntimeException closed) {
            return Future.failedFuture(closed);
        }
    }

    /** Runs it in the context of whoever called, and not in that of another request whose call has just ended. */
    static void on(Context caller, Runnable next) {
        if (caller == Vertx.currentContext()) {
            next.run();
        } else if (caller != null) {
            caller.runOnContext(there -> next.run());
        } else {
            Thread.startVirtualThread(next);
        }
    }
}
