package dev.drover.jobs.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.jobs.worker.GivenExecution;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.testing.Aside;

class CallHandlerTest {

    private static final String SECRET = "a-secret-of-more-than-24-characters";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final List<Map<String, String>> received = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "fine";
    private volatile CountDownLatch mayAnswer = new CountDownLatch(0);

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(Map.of(
                    "method", exchange.getRequestMethod(),
                    "path", exchange.getRequestURI().toString(),
                    "host", exchange.getRequestHeaders().getFirst("Host"),
                    "id", exchange.getRequestHeaders().getFirst("Webhook-Id"),
                    "at", exchange.getRequestHeaders().getFirst("Webhook-Timestamp"),
                    "signature",
                            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Webhook-Signature"))
                                    .orElse(""),
                    "body", body));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            await(mayAnswer);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aCallIsSignedOverIdTimeAndBody() throws Exception {
        GivenExecution execution = call("\"body\":{\"a\":[1,2]},\"secret\":\"crm\"", "localhost");
        assertThat(handler("127.0.0.0/8, ::1").handle(execution))
                .isEqualTo(new JobOutcome.Succeeded("{\"body\":\"fine\",\"status\":200}"));
        Map<String, String> got = received.getFirst();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = execution.id() + "." + NOW.getEpochSecond() + ".{\"a\":[1,2]}";
        assertThat(got)
                .containsEntry("method", "POST")
                .containsEntry("path", "/hook?x=1")
                .containsEntry("host", "localhost:" + server.getAddress().getPort())
                .containsEntry("id", execution.id().toString())
                .containsEntry("at", Long.toString(NOW.getEpochSecond()))
                .containsEntry("body", "{\"a\":[1,2]}")
                .containsEntry(
                        "signature",
                        "v1,"
                                + Base64.getEncoder()
                                        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @CsvSource({"204, Succeeded", "302, Failed", "404, Failed", "408, Retry", "429, Retry", "500, Retry", "503, Retry"})
    void theStatusSaysWhatBecomesOfTheJob(int answered, String outcome) throws Exception {
        status = answered;
        answer = "";
        JobOutcome ended = handler("127.0.0.0/8").handle(call("\"method\":\"PUT\"", "127.0.0.1"));
        assertThat(ended.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(received).as("no redirect is followed").hasSize(1);
    }

    @Test
    void ofALongAnswerOnlyTheBeginningIsKept() throws Exception {
        answer = "x".repeat(100_000);
        JobOutcome ended = handler("127.0.0.0/8").handle(call("\"method\":\"GET\"", "127.0.0.1"));
        assertThat(ended).isInstanceOfSatisfying(JobOutcome.Succeeded.class, done -> assertThat(done.resultJson())
                .hasSizeBetween(64, 200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[fe80::1]",
                "[fd00::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:a9fe:a9fe]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "2130706433",
                "0x7f.1"
            })
    void addressesThatAreNotOfTheOpenInternetAreRefusedBeforeAConnection(String host) throws Exception {
        JobOutcome ended = handler("").handle(call("\"method\":\"GET\"", host));
        assertThat(ended).isNotInstanceOf(JobOutcome.Succeeded.class);
        if (ended instanceof JobOutcome.Retry retry) {
            assertThat(retry.reason()).isEqualTo("the host's name has no address");
        } else {
            assertThat(ended).isInstanceOf(JobOutcome.Dead.class);
        }
        assertThat(received).isEmpty();
    }

    @Test
    void aNetworkThatIsAllowedOpensOnlyItself() throws Exception {
        assertThat(handler("10.0.0.0/8").handle(call("\"method\":\"GET\"", "127.0.0.1")))
                .isInstanceOf(JobOutcome.Dead.class);
        assertThat(handler("127.0.0.1").handle(call("\"method\":\"GET\"", "127.0.0.1")))
                .isInstanceOf(JobOutcome.Succeeded.class);
    }

    @Test
    void theAddressThatWasLookedAtIsTheOneConnectedTo() throws Exception {
        HttpCaller caller = new HttpCaller(vertx, config(""));
        Call call = Call.parse(
                json(), "{\"url\":\"http://name.invalid:" + server.getAddress().getPort() + "/\"}");
        assertThat(caller.send(
                        call,
                        InetAddress.getLoopbackAddress(),
                        Map.of("Webhook-Id", "i", "Webhook-Timestamp", "1"),
                        Duration.ofSeconds(5)))
                .isEqualTo(new Caller.Reply.Answered(200, "fine"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\":\"ftp://example.org/\"}",
                "{\"url\":\"http://user:password@example.org/\"}",
                "{\"url\":\"http://example.org/\",\"method\":\"TRACE\"}",
                "{\"url\":\"http://example.org/\",\"headers\":{\"Host\":\"x\"}}",
                "{\"url\":\"http://example.org/\",\"headers\":{\"X\":\"a\\r\\nY: b\"}}",
                "{\"url\":\"http://example.org/\",\"headers\":{\"Webhook-Signature\":\"v1,x\"}}",
                "{\"url\":\"http://example.org/\",\"timeout\":\"PT1H\"}",
                "{\"url\":\"http://example.org/\",\"secret\":\"unknown\"}"
            })
    void whatIsNoCallIsGivenUpAtOnce(String payload) throws Exception {
        assertThat(handler("").handle(new GivenExecution("http.call", payload))).isInstanceOf(JobOutcome.Dead.class);
    }

    @Test
    void aServerThatIsNotThereIsCalledAgainLater() throws Exception {
        GivenExecution execution = call("\"method\":\"GET\"", "127.0.0.1");
        server.stop(0);
        assertThat(handler("127.0.0.0/8").handle(execution)).isInstanceOf(JobOutcome.Retry.class);
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsCalledAgainLater() throws Exception {
        mayAnswer = new CountDownLatch(1);
        GivenExecution execution = call("\"method\":\"GET\",\"timeout\":\"PT0.2S\"", "127.0.0.1");
        // Much less than the configured time, which would end it too.
        assertThat(Aside.run(() -> handler("127.0.0.0/8").handle(execution)).get(5, TimeUnit.SECONDS))
                .isInstanceOf(JobOutcome.Retry.class);
        mayAnswer.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private GivenExecution call(String members, String host) {
        return new GivenExecution(
                "http.call",
                "{\"url\":\"http://%s:%d/hook?x=1\",%s}"
                        .formatted(host, server.getAddress().getPort(), members));
    }

    private CallHandler handler(String allowed) {
        WebhookConfig config = config(allowed);
        return new CallHandler(config, new HttpCaller(vertx, config), Clock.fixed(NOW, ZoneOffset.UTC), json());
    }

    private static ObjectMapper json() {
        return new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .configure(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    }

    private static WebhookConfig config(String allowed) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(WebhookConfig.class)
                .withDefaultValue("drover.jobs.webhook.secrets", "crm=" + SECRET)
                .withDefaultValue("drover.jobs.webhook.allowed-networks", allowed)
                .withDefaultValue("drover.jobs.webhook.answer-bytes-max", "64")
                .build()
                .getConfigMapping(WebhookConfig.class);
    }
}
