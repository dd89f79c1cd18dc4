package dev.drover.lab.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private static final GatewayLimits LIMITS =
            new GatewayLimits(1_024, 3, Duration.ofMillis(400), Duration.ofSeconds(5), Duration.ofSeconds(1));
    /** More than a client's pool has by default. */
    private static final int MANY = 20;

    private static final String HALF_AN_ANSWER = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf";

    private final ListedBackends backends = new ListedBackends();
    private final TestInstances instances = new TestInstances();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int port;

    @BeforeEach
    void listen() throws IOException {
        port = new Gateway(vertx, backends, LIMITS)
                .listen(0, request -> request.response().end("the lab's own"))
                .actualPort();
    }

    @AfterEach
    void close() {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        instances.close();
    }

    @Test
    void aRequestIsAnsweredByAnInstanceAndOthersByTheLabItself() throws Exception {
        backends.add(instances.healthy("one"));

        HttpResponse<String> answer = send(get("/herd"));

        assertThat(answer.body()).isEqualTo("hello from one");
        assertThat(answer.headers().firstValue("X-Served-By")).hasValue("one");
        assertThat(send(get("/elsewhere")).body()).isEqualTo("the lab's own");
    }

    @Test
    void whatIsTooLongForAServiceIsTheServicesToRefuse() throws Exception {
        backends.add(instances.healthy("one"));

        HttpResponse<String> target = send(get("/herd?" + "a".repeat(20_000)));
        HttpResponse<String> fields = send(get("/herd").header("X-Long", "a".repeat(40_000)));

        assertThat(target.headers().firstValue("X-Served-By")).hasValue("one");
        assertThat(fields.headers().firstValue("X-Served-By")).hasValue("one");
    }

    @Test
    void anInstanceIsGivenManyRequestsAtOnce() throws Exception {
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        backends.add(instances.serving("slow", held::add));

        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, MANY)
                .mapToObj(number -> http.sendAsync(get("/herd").build(), BodyHandlers.ofString()))
                .toList();

        Signals.await(() -> held.size() == MANY);
        held.forEach(request -> request.response().end("at last"));
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get(5, TimeUnit.SECONDS).body()).isEqualTo("at last");
        }
    }

    @Test
    void aGetGoesToAnotherInstanceWhenTheFirstDiesInTheMiddleOfItsAnswer() throws Exception {
        Backend dying = instances.dyingAfter("dying", HALF_AN_ANSWER);
        backends.add(dying);
        backends.add(instances.healthy("whole"));

        // Chance decides which of two idle instances is asked first; each round the dying one is asked at most once.
        for (int round = 0; round < 20 && backends.suspected().isEmpty(); round++) {
            assertThat(send(get("/herd")).body()).isEqualTo("hello from whole");
        }

        assertThat(backends.suspected()).containsExactly(dying);
    }

    @Test
    void aPostWithoutKeyIsNotRepeatedOnceItWasSent() throws Exception {
        backends.add(instances.dyingAfter("dying", ""));

        HttpResponse<String> answer = send(request("/herd").POST(BodyPublishers.ofString("once")));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("instance_lost");
        assertThat(instances.received()).containsExactly("dying POST ");
    }

    @Test
    void aPostWithAnIdempotencyKeyIsRepeatedWithItsBody() throws Exception {
        backends.add(instances.dyingAfter("dying", ""));
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                request("/herd")
                        .header("Idempotency-Key", "key-1")
                        .POST(BodyPublishers.ofString("twice is once"))
                        .build(),
                BodyHandlers.ofString());
        Signals.await(() -> !backends.suspected().isEmpty());
        backends.add(instances.healthy("whole"));

        assertThat(answer.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(instances.received()).containsExactly("dying POST ", "whole POST twice is once");
    }

    @Test
    void aKeyThatALostAttemptStillHasIsWaitedFor() throws Exception {
        backends.add(instances.dyingAfter("dying", ""));
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                request("/herd")
                        .header("Idempotency-Key", "key-1")
                        .POST(BodyPublishers.ofString("once"))
                        .build(),
                BodyHandlers.ofString());
        Signals.await(() -> !backends.suspected().isEmpty());
        backends.add(instances.refusingAtFirst("whole", LIMITS.attempts() + 2));

        assertThat(answer.get(5, TimeUnit.SECONDS).body()).isEqualTo("hello from whole");
    }

    @Test
    void aKeyThatALiveRequestHasIsTheClientsToWaitFor() throws Exception {
        backends.add(instances.refusingAtFirst("busy", 1));

        HttpResponse<String> answer =
                send(request("/herd").header("Idempotency-Key", "key-1").POST(BodyPublishers.ofString("once")));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void aPostGoesToAnotherInstanceWhenTheConnectionWasRefused() throws Exception {
        backends.add(instances.gone("gone"));
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                request("/herd").POST(BodyPublishers.ofString("first time")).build(), BodyHandlers.ofString());
        Signals.await(() -> !backends.suspected().isEmpty());
        backends.add(instances.healthy("whole"));

        assertThat(answer.get(5, TimeUnit.SECONDS).body()).isEqualTo("hello from whole");
        assertThat(instances.received()).containsExactly("whole POST first time");
    }

    @Test
    void attemptsAreBounded() throws Exception {
        for (String id : new String[] {"a", "b", "c", "d", "e"}) {
            backends.add(instances.dyingAfter(id, ""));
        }

        assertThat(send(get("/herd")).statusCode()).isEqualTo(502);
        assertThat(instances.received()).hasSize(LIMITS.attempts());
    }

    @Test
    void withoutAReadyInstanceItWaitsAndThenSaysWhenToComeBack() throws Exception {
        long started = System.nanoTime();

        HttpResponse<String> answer = send(get("/herd"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(LIMITS.untilReady(), Duration.ofSeconds(4));
    }

    @Test
    void whatAHangingInstanceWasGivenIsTakenElsewhere() throws Exception {
        Backend silent = instances.silent("silent");
        backends.add(silent);
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(get("/herd").build(), BodyHandlers.ofString());
        Signals.await(() -> !instances.received().isEmpty());

        backends.add(instances.healthy("whole"));
        backends.hang(silent);

        assertThat(answer.get(5, TimeUnit.SECONDS).body()).isEqualTo("hello from whole");
    }

    @Test
    void aBodyTooLargeToBeHeldIsPassedOnAsItComes() throws Exception {
        backends.add(instances.serving("large", request -> request.body()
                .onSuccess(body -> request.response().end("got " + body.length()))));

        byte[] large = new byte[300_000];

        assertThat(send(request("/herd").PUT(BodyPublishers.ofByteArray(large))).body())
                .isEqualTo("got 300000");
        assertThat(send(request("/herd")
                                .PUT(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))))
                        .body())
                .isEqualTo("got 300000");
    }

    @Test
    void anAnswerThatCannotBeRepeatedAndBreaksIsSeenToBeBroken() {
        backends.add(instances.dyingAfter("dying", HALF_AN_ANSWER));

        assertThat(catchThrowable(() -> send(request("/herd").POST(BodyPublishers.noBody()))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerWithoutABodyStaysWithoutOne() throws Exception {
        backends.add(instances.serving(
                "empty", request -> request.response().setStatusCode(204).end()));

        HttpResponse<String> answer = send(request("/herd").POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("transfer-encoding")).isEmpty();
    }

    @Test
    void onlyTheGatewaySaysWhoTheClientIs() throws Exception {
        backends.add(instances.serving("mirror", request -> request.response()
                .end(request.getHeader("X-Forwarded-For") + " " + request.getHeader("X-Forwarded-Proto") + " "
                        + request.getHeader("Forwarded") + " " + request.getHeader("X-Private"))));

        HttpRequest.Builder request = get("/herd")
                .header("X-Forwarded-For", "203.0.113.9")
                .header("Forwarded", "for=203.0.113.9")
                .header("X-Private", "kept");

        assertThat(send(request).body()).isEqualTo("127.0.0.1 http null kept");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder get(String path) {
        return request(path).GET();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }
}
