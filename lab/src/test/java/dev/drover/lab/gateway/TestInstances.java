package dev.drover.lab.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;

import dev.drover.stores.process.FreePort;

/** Small servers on loopback that behave as instances do at their best and at their worst. */
final class TestInstances implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> received = new CopyOnWriteArrayList<>();

    /** What reached any of them, in order: instance, method and body. */
    List<String> received() {
        return List.copyOf(received);
    }

    /** Answers every request with its own name. */
    Backend healthy(String id) {
        return serving(id, request -> request.body().onSuccess(body -> {
            received.add(id + " " + request.method() + " " + body);
            request.response().putHeader("X-Served-By", id).end("hello from " + id);
        }));
    }

    /** Says of so many requests that another attempt has their key, and then answers. */
    Backend refusingAtFirst(String id, int refusals) {
        AtomicInteger left = new AtomicInteger(refusals);
        return serving(id, request -> {
            if (left.getAndDecrement() > 0) {
                request.response()
                        .setStatusCode(409)
                        .putHeader("Retry-After", "1")
                        .end("taken");
            } else {
                request.response().end("hello from " + id);
            }
        });
    }

    Backend serving(String id, Handler<HttpServerRequest> handler) {
        return backend(
                id,
                await(vertx.createHttpServer(new HttpServerOptions()
                                .setMaxInitialLineLength(32 << 10)
                                .setMaxHeaderSize(64 << 10))
                        .requestHandler(handler)
                        .listen(0, "127.0.0.1")
                        .map(server -> server.actualPort())
                        .toCompletionStage()
                        .toCompletableFuture()));
    }

    Backend withSockets(String id, Handler<ServerWebSocket> handler) {
        return backend(
                id,
                await(vertx.createHttpServer()
                        .webSocketHandler(handler)
                        .listen(0, "127.0.0.1")
                        .map(server -> server.actualPort())
                        .toCompletionStage()
                        .toCompletableFuture()));
    }

    /** Reads the request, writes these bytes, and dies. */
    Backend dyingAfter(String id, String written) {
        return backend(
                id,
                await(vertx.createNetServer()
                        .connectHandler(socket -> socket.handler(bytes -> {
                            received.add(id + " " + bytes.toString().split(" ", 2)[0] + " ");
                            socket.write(written).onComplete(done -> socket.close());
                        }))
                        .listen(0, "127.0.0.1")
                        .map(server -> server.actualPort())
                        .toCompletionStage()
                        .toCompletableFuture()));
    }

    /** Takes the request and says nothing. */
    Backend silent(String id) {
        return serving(id, request -> received.add(id + " " + request.method() + " "));
    }

    /** Nobody listens there. */
    Backend gone(String id) {
        return backend(id, FreePort.find());
    }

    @Override
    public void close() {
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    private static Backend backend(String id, int port) {
        return new Backend(id, "127.0.0.1", port);
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.join();
    }
}
