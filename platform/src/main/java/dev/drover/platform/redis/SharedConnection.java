package dev.drover.platform.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;

import dev.drover.platform.stateless.ProcessLocal;

/** A connection and the calls on their way over it. It is given up only when the last of them is answered, so none is cut off. */
@ProcessLocal(because = "a connection of this process, and how many of its calls are on their way over it")
final class SharedConnection {

    private final Consumer<SharedConnection> gone;
    private final Promise<RedisConnection> opening = Promise.promise();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean isGivenUp = new AtomicBoolean();
    private volatile RedisConnection open;
    private volatile boolean isRetired;
    private volatile long heardNanos = System.nanoTime();

    /** @param gone told when it was not made, or has ended */
    SharedConnection(Consumer<SharedConnection> gone) {
        this.gone = gone;
    }

    void open(Future<RedisConnection> connecting) {
        connecting.onComplete(connected -> {
            if (connected.failed()) {
                gone.accept(this);
                opening.fail(connected.cause());
                return;
            }
            RedisConnection connection = connected.result();
            connection.exceptionHandler(failure -> end());
            connection.endHandler(ended -> end());
            open = connection;
            opening.complete(connection);
            if (isRetired && calls.get() == 0) {
                giveUp();
            }
        });
    }

    private void end() {
        gone.accept(this);
        retire();
    }

    /** Null while it is being made. */
    RedisConnection open() {
        return open;
    }

    Future<RedisConnection> opening() {
        return opening.future();
    }

    /** One more call; whoever joined {@link #leave leaves}, once. False when it is given up. */
    boolean join() {
        if (calls.getAndIncrement() == 0) {
            heardNanos = System.nanoTime();
        }
        // Counted first and looked at then, as whoever retires it does the other way round: it is not closed under a
        // call.
        if (isRetired) {
            leave();
            return false;
        }
        return true;
    }

    void leave() {
        if (calls.decrementAndGet() == 0 && isRetired) {
            giveUp();
        }
    }

    void heard() {
        heardNanos = System.nanoTime();
    }

    boolean isSilent(Duration longest) {
        return calls.get() > 0 && System.nanoTime() - heardNanos > longest.toNanos();
    }

    /** No call joins any more; the connection is closed behind the last one. */
    void retire() {
        isRetired = true;
        if (calls.get() == 0) {
            giveUp();
        }
    }

    /** Redis answers and closes, and the client's pool forgets what was closed; one that has ended already is handed back as that. */
    private void giveUp() {
        RedisConnection connection = open;
        if (connection != null && isGivenUp.compareAndSet(false, true)) {
            connection.send(Request.cmd(Command.QUIT)).onComplete(closed -> connection.close());
        }
    }
}
