package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Level;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.drover.testing.RawHttp.Answer;

/** What HTTP itself asks of every service (RFC 9110), written and read by hand because client libraries hide half of it. */
public abstract class WireContract {

    /** A path that needs a caller and answers GET. */
    protected abstract String protectedGet();

    /** A path that takes a JSON object by {@link #jsonMethod()}. */
    protected abstract String jsonPost();

    protected String jsonMethod() {
        return "POST";
    }

    /** The largest body the service takes, as it is configured by default. */
    protected int bodyBytesMax() {
        return 64 * 1024;
    }

    @Test
    void aMethodNotTakenIsAnsweredWithThoseThatAreOnEveryPath() {
        endpoints().forEach((path, methods) -> {
            Answer answer = RawHttp.send("PROPFIND " + path + " HTTP/1.1");
            isProblem(answer, 405, "method_not_allowed");
            assertThat(answer.field("Allow")).as(path).hasValueSatisfying(allow -> assertThat(allow.split(", "))
                    .containsExactlyInAnyOrderElementsOf(methods));
            for (String method : methods) {
                assertThat(RawHttp.send(method + " " + path + " HTTP/1.1").status())
                        .as("%s %s", method, path)
                        .isNotEqualTo(405);
            }
        });
    }

    @Test
    void optionsSaysWhatAPathTakesAndAPatchWhatItIsMadeOf() {
        endpoints().forEach((path, methods) -> {
            Answer answer = RawHttp.send("OPTIONS " + path + " HTTP/1.1");
            assertThat(answer.status()).as(path).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.field("X-Served-By")).hasValue("test-instance");
            assertThat(answer.field("Allow")).hasValueSatisfying(allow -> assertThat(allow.split(", "))
                    .containsExactlyInAnyOrderElementsOf(methods));
            assertThat(answer.field("Accept-Patch").isPresent()).as(path).isEqualTo(methods.contains("PATCH"));
        });
        isProblem(RawHttp.send("OPTIONS /no-such-thing HTTP/1.1"), 404, "not_found");
        assertThat(RawHttp.send("OPTIONS * HTTP/1.1").status()).isLessThan(500);
    }

    /** Every path with something in place of its parameters, and all that may be asked of it. */
    private static Map<String, Set<String>> endpoints() {
        List<Endpoint> all = Endpoint.all();
        Map<String, Set<String>> methods = new TreeMap<>();
        for (Endpoint endpoint : all) {
            String path = endpoint.anyPath();
            methods.put(
                    path,
                    all.stream()
                            .filter(other -> other.isAt(path))
                            .map(Endpoint::method)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        methods.values().forEach(known -> {
            known.add("OPTIONS");
            if (known.contains("GET")) {
                known.add("HEAD");
            }
        });
        return methods;
    }

    @Test
    void aBodyOfAnotherTypeIsAnsweredWithTheTypesThatAreTaken() {
        for (Endpoint endpoint : Endpoint.all()) {
            if (!endpoint.consumes().isEmpty()) {
                Answer answer = RawHttp.send(
                        List.of(
                                endpoint.method() + " " + endpoint.anyPath() + " HTTP/1.1",
                                "Cookie: drover_session=nobody",
                                "Content-Type: text/csv",
                                "If-Match: *",
                                "Content-Length: 3"),
                        new byte[] {'a', ',', 'b'});
                isProblem(answer, 415, "unsupported_media_type");
                assertThat(answer.field(endpoint.method().equals("PATCH") ? "Accept-Patch" : "Accept"))
                        .as(endpoint.toString())
                        .hasValue(String.join(", ", endpoint.consumes()));
            }
        }
    }

    @Test
    void headIsAnsweredAsGetIsAndWithoutABody() {
        String cookie = "Cookie: " + TestIdentity.logIn().cookieHeader();
        Answer refused = RawHttp.send("HEAD " + protectedGet() + " HTTP/1.1");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.field("WWW-Authenticate")).isPresent();
        assertThat(refused.body()).isEmpty();

        Answer get = RawHttp.send("GET " + protectedGet() + " HTTP/1.1", cookie);
        Answer head = RawHttp.send("HEAD " + protectedGet() + " HTTP/1.1", cookie);
        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.field("Content-Type").map(type -> type.replaceFirst(";.*", "")))
                .isEqualTo(get.field("Content-Type").map(type -> type.replaceFirst(";.*", "")));
        assertThat(head.field("ETag")).isEqualTo(get.field("ETag"));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aTargetThatIsTooLongIsAProblemAndFarBeyondThatABareStatus() {
        isProblem(RawHttp.send("GET " + protectedGet() + "?q=" + "x".repeat(8_192) + " HTTP/1.1"), 414, "uri_too_long");
        assertThat(RawHttp.send("GET /" + "x".repeat(100_000) + " HTTP/1.1").status())
                .isEqualTo(414);
        // Within the limit it is no more than a parameter nobody knows.
        assertThat(RawHttp.send("GET " + protectedGet() + "?q=" + "x".repeat(7_000) + " HTTP/1.1")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void headerFieldsThatAreTooLargeAreAProblemAndFarBeyondThatABareStatus() {
        List<String> many = new ArrayList<>(List.of("GET " + protectedGet() + " HTTP/1.1"));
        for (int i = 0; i < 200; i++) {
            many.add("X-Field-" + i + ": " + "x".repeat(90));
        }
        isProblem(RawHttp.send(many, new byte[0]), 431, "headers_too_large");
        isProblem(
                RawHttp.send("GET " + protectedGet() + " HTTP/1.1", "X-Field: " + "x".repeat(16_384)),
                431,
                "headers_too_large");
        assertThat(RawHttp.send("GET " + protectedGet() + " HTTP/1.1", "X-Field: " + "x".repeat(200_000))
                        .status())
                .isEqualTo(431);
    }

    @Test
    void aBodyOverTheLimitIsAProblemThoughNothingSaidHowLongItWouldBe() {
        for (String key : List.of("", "Idempotency-Key: " + UUID.randomUUID())) {
            List<String> head = new ArrayList<>(jsonHead("Transfer-Encoding: chunked"));
            if (!key.isEmpty()) {
                head.add(key);
            }
            String text = "{\"a\": \"" + "x".repeat(bodyBytesMax()) + "\"}";
            String chunks = Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n";
            Answer answer = RawHttp.send(head, chunks.getBytes(StandardCharsets.US_ASCII));
            isProblem(answer, 413, "body_too_large");
        }
    }

    @Test
    void aClientThatAsksBeforeItSendsIsToldToGoOnOrThatItNeedNot() throws IOException {
        byte[] body = "{\"noSuchMember\": 1}".getBytes(StandardCharsets.US_ASCII);
        try (RawHttp exchange = new RawHttp()) {
            exchange.write(RawHttp.head(jsonHead("Expect: 100-continue", "Content-Length: " + body.length)));
            assertThat(exchange.awaitHead()).startsWith("HTTP/1.1 100 ");
            Answer answer = exchange.write(body).answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("violations").findValuesAsText("pointer"))
                    .contains("/noSuchMember");
        }
        // Nothing of it has to be sent.
        isProblem(
                RawHttp.send(jsonHead("Expect: 100-continue", "Content-Length: " + (bodyBytesMax() + 1)), new byte[0]),
                413,
                "body_too_large");
    }

    private List<String> jsonHead(String... more) {
        TestIdentity.Login login = TestIdentity.logIn();
        List<String> head = new ArrayList<>(List.of(
                jsonMethod() + " " + jsonPost() + " HTTP/1.1",
                "Cookie: " + login.cookieHeader(),
                "Origin: http://localhost:8080",
                "If-Match: *",
                "Content-Type: application/json"));
        head.addAll(List.of(more));
        return head;
    }

    /** As of a gateway that takes back a request because its own client did. */
    @Test
    void aClientThatGoesAwayInTheMiddleOfItsBodyIsNoFaultOfOurs() throws IOException {
        String id = "went-away-" + UUID.randomUUID();
        try (LogCapture log = LogCapture.of("dev.drover")) {
            try (RawHttp exchange = new RawHttp()) {
                exchange.write(
                        RawHttp.head(jsonHead("X-Request-Id: " + id, "Expect: 100-continue", "Content-Length: 100")));
                assertThat(exchange.awaitHead()).startsWith("HTTP/1.1 100 ");
                exchange.write("{".getBytes(StandardCharsets.US_ASCII));
            }
            // As a rule at once; a body whose end nobody was there to hear of times out after a minute.
            Eventually.within(Duration.ofSeconds(90)).until(() -> log.lines("requestId", id).stream()
                    .anyMatch(line -> line.getLoggerName().endsWith("ProblemRenderer")));
            assertThat(log.lines("requestId", id))
                    .noneMatch(line -> line.getLevel().intValue() > Level.INFO.intValue());
        }
    }

    static void isProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.field("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.field("X-Served-By")).hasValue("test-instance");
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("traceId").asText()).hasSize(32);
    }
}
