package dev.drover.lab.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
    private final Vertx vertx = Vertx.vertx(new io.vertx.core.VertxOptions().setEventLoopPoolSize(1));
    private final Context context = vertx.getOrCreateContext();
    private final Timeline timeline = new Timeline(1);
    private final LiveStream stream = new LiveStream(timeline);
    private final List<Socket> sockets = new ArrayList<>();
    private int port;

    @BeforeEach
    void listen() {
        port = vertx.createHttpServer()
                .requestHandler(stream::open)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aPageThatComesBackGoesOnWhereItWas() throws Exception {
        onLoop(() -> stream.entry(timeline.sample(new JsonObject().put("n", 1))));
        BufferedReader first = follow("");
        assertThat(nextData(first, "history")).contains("\"n\":1").contains("\"complete\":true");
        onLoop(() -> stream.entry(timeline.mark(new JsonObject().put("n", 2))));
        assertThat(nextData(first, "mark")).contains("\"n\":2");

        BufferedReader again = follow("Last-Event-ID: " + timeline.id(1) + "\r\n");

        assertThat(nextData(again, "history")).contains("\"n\":2").doesNotContain("\"n\":1");
    }

    @Test
    void thereIsABoundOfViewers() throws Exception {
        for (int viewer = 0; viewer < LiveStream.VIEWERS_MAX; viewer++) {
            nextData(follow(""), "history");
        }

        assertThat(follow("").readLine()).contains("503");
    }

    @Test
    void whoDoesNotReadIsLetGo() throws Exception {
        nextData(follow(""), "history");
        JsonObject much = new JsonObject().put("much", "x".repeat(1 << 16));

        // The system's own buffers take some megabytes before anything is held back here.
        for (int frame = 0; frame < 2_000 && viewers() > 0; frame++) {
            onLoop(() -> stream.fleet(much));
        }

        assertThat(viewers()).isZero();
    }

    private int viewers() {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        context.runOnContext(now -> count.complete(stream.viewers()));
        return count.join();
    }

    private void onLoop(Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(now -> {
            action.run();
            done.complete(null);
        });
        done.join();
    }

    private BufferedReader follow(String header) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        sockets.add(socket);
        socket.getOutputStream()
                .write(("GET / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String nextData(BufferedReader frames, String event) throws IOException {
        String line = frames.readLine();
        while (line != null && !line.equals("event: " + event)) {
            line = frames.readLine();
        }
        while (line != null && !line.startsWith("data: ")) {
            line = frames.readLine();
        }
        assertThat(line).as("the stream went on to " + event).isNotNull();
        return line;
    }
}
