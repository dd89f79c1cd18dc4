package dev.drover.lab.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final GatewayLimits LIMITS =
            new GatewayLimits(1_024, 3, Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(1));

    private final ListedBackends backends = new ListedBackends();
    private final TestInstances instances = new TestInstances();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Gateway gateway = new Gateway(vertx, backends, LIMITS);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int port;

    @BeforeEach
    void listen() throws IOException {
        port = gateway.listen(0, request -> request.response().end()).actualPort();
    }

    @AfterEach
    void close() {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        instances.close();
    }

    @Test
    void answersAreCountedByInstanceAndErrorsByKind() throws Exception {
        backends.add(instances.serving("one", request -> {
            int status = Integer.parseInt(request.path().substring("/herd/".length()));
            request.response().setStatusCode(status).end("as asked");
        }));

        List<Integer> statuses = new ArrayList<>();
        for (int status : new int[] {200, 200, 429, 500}) {
            statuses.add(get("/herd/" + status));
        }

        assertThat(statuses).containsExactly(200, 200, 429, 500);
        Traffic.Seen seen = take();
        assertThat(seen.requests()).isEqualTo(4);
        assertThat(seen.errors()).isEqualTo(1);
        assertThat(seen.refusals()).isEqualTo(1);
        assertThat(seen.p99Millis()).isPositive().isGreaterThanOrEqualTo(seen.p50Millis());
        AtomicLong byOne = new AtomicLong(seen.byInstance().getOrDefault("one", 0L));
        // An instance's share is noted once the answer is out, which the client may see first.
        Signals.await(() -> byOne.addAndGet(take().byInstance().getOrDefault("one", 0L)) == 4);
        assertThat(take().requests()).isZero();
    }

    @Test
    void whatWaitsByDesignSaysNothingOfSpeed() throws Exception {
        backends.add(instances.serving("one", request -> request.response()
                .putHeader("Content-Type", request.path().endsWith("/events") ? "text/event-stream" : "text/plain")
                .end("data: it\n\n")));

        get("/herd/events");
        get("/herd/lease");

        Traffic.Seen seen = take();
        assertThat(seen.requests()).isEqualTo(2);
        assertThat(seen.p50Millis()).isNaN();
    }

    @Test
    void noInstanceIsAnErrorToo() throws Exception {
        assertThat(get("/herd/200")).isEqualTo(503);
        assertThat(take().errors()).isEqualTo(1);
    }

    private int get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    private Traffic.Seen take() {
        CompletableFuture<Traffic.Seen> seen = new CompletableFuture<>();
        vertx.getOrCreateContext()
                .runOnContext(now -> seen.complete(gateway.traffic().take()));
        return seen.join();
    }
}
