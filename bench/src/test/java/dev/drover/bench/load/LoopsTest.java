package dev.drover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopsTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration STALL = Duration.ofSeconds(1);

    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicBoolean stall = new AtomicBoolean();
    private HttpServer server;
    private URI base;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/echo", this::echo);
        server.createContext("/chunks", exchange -> answer(exchange, 200, 0, "in more than one piece".repeat(2_000)));
        server.createContext("/refused", exchange -> answer(exchange, 503, 4, "busy"));
        server.start();
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void echo(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        bodies.add(body);
        if (stall.getAndSet(false)) {
            try {
                // The stall is what is measured: time that passes is all a load at a fixed rate goes by.
                Thread.sleep(STALL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        answer(exchange, 200, body.length(), body);
        answered.incrementAndGet();
    }

    private static void answer(HttpExchange exchange, int status, long length, String body) throws IOException {
        exchange.sendResponseHeaders(status, length);
        try (var out = exchange.getResponseBody()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aClosedLoopCountsEveryAnswerOnce() throws Exception {
        Loaded loaded = ClosedLoop.over(List.of(base), HttpCall.json("POST", "/echo", "{n}"), 3, SHORT);
        assertThat(loaded.answers()).isPositive().isEqualTo(answered.get()).isEqualTo(bodies.size());
        assertThat(loaded.perSecond()).isLessThanOrEqualTo(loaded.answers() / 0.4);
    }

    @Test
    void aRefusalEndsTheLoadAndIsShown() {
        assertThatThrownBy(() -> ClosedLoop.over(List.of(base), HttpCall.get("/refused"), 2, SHORT))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("503")
                .hasMessageContaining("busy");
    }

    @Test
    void anOpenLoopSendsAsManyAsTheRateSays() throws Exception {
        Histogram waits = OpenLoop.run(base, HttpCall.json("POST", "/echo", "x"), 50, 4, Duration.ofSeconds(1));
        assertThat(waits.getTotalCount()).isEqualTo(50);
        assertThat(answered).hasValue(50);
    }

    @Test
    void whoWaitsBehindAStalledRequestIsChargedForIt() throws Exception {
        stall.set(true);
        Histogram waits = OpenLoop.run(base, HttpCall.json("POST", "/echo", "x"), 100, 1, Duration.ofSeconds(1));
        // One request took a second, and about a hundred were due meanwhile: half of them waited at least half of it.
        assertThat(waits.getValueAtPercentile(40)).isGreaterThan(300_000);
    }

    @Test
    void bodiesInPiecesAreReadAsAWhole() throws Exception {
        try (Connection connection = new Connection(base)) {
            for (int i = 0; i < 2; i++) {
                assertThat(connection.send(HttpCall.get("/chunks"), 0)).isEqualTo(200);
                assertThat(connection.body()).isEqualTo("in more than one piece".repeat(2_000));
            }
        }
    }

    @Test
    void wrkIsToldTheSameRequest() {
        HttpCall call = HttpCall.json("POST", "/jobs", "{\"n\":{n}}").bearer("t");
        assertThat(Wrk.script(call))
                .contains("wrk.method = [==[POST]==]")
                .contains("wrk.headers[ [==[Authorization]==] ] = [==[Bearer t]==]")
                .contains("body:gsub('{n}', number)");
        assertThat(Wrk.script(HttpCall.get("/bare"))).doesNotContain("function request");
    }
}
