package dev.drover.lab.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TunnelTest {
    private static final GatewayLimits LIMITS =
            new GatewayLimits(1_024, 3, Duration.ofMillis(400), Duration.ofSeconds(5), Duration.ofSeconds(1));

    /** More than a client's pool has by default. */
    private static final int MANY = 20;

    private final ListedBackends backends = new ListedBackends();
    private final TestInstances instances = new TestInstances();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Vertx clients = Vertx.vertx();

    // Held: Vert.x closes a client that nobody refers to any more, and its sockets with it.
    private final WebSocketClient client = clients.createWebSocketClient();

    private int port;

    @BeforeEach
    void listen() throws IOException {
        port = new Gateway(vertx, backends, LIMITS)
                .listen(0, request -> request.response().end())
                .actualPort();
    }

    @AfterEach
    void close() {
        clients.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        instances.close();
    }

    @Test
    void messagesPassBothWays() throws Exception {
        backends.add(instances.withSockets("echo", socket -> socket.textMessageHandler(socket::writeTextMessage)));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        WebSocket socket = connect().get(5, TimeUnit.SECONDS);
        socket.textMessageHandler(heard::add);
        String large = "x".repeat(50_000);
        socket.writeTextMessage("moo");
        socket.writeTextMessage(large);

        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("moo");
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(large);
    }

    @Test
    void theHandshakeGoesToAnotherInstanceWhenOneIsGone() throws Exception {
        backends.add(instances.gone("gone"));
        CompletableFuture<WebSocket> connecting = connect();
        Signals.await(() -> !backends.suspected().isEmpty());
        backends.add(instances.withSockets("there", socket -> {}));

        assertThat(connecting.get(5, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void anInstanceHoldsManySocketsAtOnce() throws Exception {
        backends.add(instances.withSockets("echo", socket -> socket.textMessageHandler(socket::writeTextMessage)));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        List<CompletableFuture<WebSocket>> connecting =
                IntStream.range(0, MANY).mapToObj(number -> connect()).toList();

        for (CompletableFuture<WebSocket> one : connecting) {
            WebSocket socket = one.get(5, TimeUnit.SECONDS);
            socket.textMessageHandler(heard::add);
            socket.writeTextMessage("moo");
        }

        Signals.await(() -> heard.size() == MANY);
    }

    @Test
    void whenTheInstanceDiesTheClientsSocketEnds() throws Exception {
        BlockingQueue<ServerWebSocket> accepted = new LinkedBlockingQueue<>();
        backends.add(instances.withSockets("mortal", accepted::add));
        WebSocket socket = connect().get(5, TimeUnit.SECONDS);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        socket.closeHandler(closed::complete);

        // The connection ends without a closing handshake, as it does when a process is killed.
        ServerWebSocket inside = accepted.poll(5, TimeUnit.SECONDS);
        ((io.vertx.core.http.impl.WebSocketInternal) inside)
                .channelHandlerContext()
                .close();

        closed.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aRefusalOfTheHandshakeReachesTheClient() throws Exception {
        backends.add(instances.serving(
                "strict", request -> request.response().setStatusCode(401).end("no")));

        CompletableFuture<WebSocket> connecting = connect();

        Signals.await(connecting::isDone);
        assertThat(connecting.handle((socket, failure) -> failure).join())
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refused -> assertThat(refused.getStatus())
                        .isEqualTo(401));
    }

    @Test
    void anInstanceThatDrainsIsPassedOver() throws Exception {
        backends.add(instances.serving(
                "draining", request -> request.response().setStatusCode(503).end("later")));
        CompletableFuture<WebSocket> connecting = connect();
        backends.add(instances.withSockets("there", socket -> {}));

        assertThat(connecting.get(5, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void withoutAnInstanceTheHandshakeIsRefusedInTime() throws Exception {
        CompletableFuture<WebSocket> connecting = connect();

        Signals.await(connecting::isDone);
        assertThat(connecting.handle((socket, failure) -> failure).join())
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refused -> assertThat(refused.getStatus())
                        .isEqualTo(503));
    }

    private CompletableFuture<WebSocket> connect() {
        return client.connect(port, "127.0.0.1", "/herd/socket")
                .toCompletionStage()
                .toCompletableFuture();
    }
}
