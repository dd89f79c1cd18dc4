package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.drover.blackbox.SpanReceiver.Received;

/** What a suite tells its operator at its most talkative: traces on, JSON lines from debug on, and every kind of mistake provoked. */
class TelemetryIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration EXPORTED_WITHIN = Duration.ofSeconds(20);
    private static final String CALLER_SPAN = "00f067aa0ba902b7";

    private static SpanReceiver receiver;
    private static Suite suite;
    private static Person person;
    private static Person admin;

    /** What must not be found again, by what it is. */
    private static final Map<String, String> SECRETS = new LinkedHashMap<>();

    @BeforeAll
    static void aDayInTheLifeOfASuite() throws Exception {
        receiver = SpanReceiver.start();
        Map<String, String> environment = new HashMap<>(AccountSecrets.environment());
        environment.put("LOG_FORMAT", "json");
        environment.put("LOG_LEVEL", "DEBUG");
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint().toString());
        environment.put("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms");
        suite = Suite.start(1, environment);
        person = Person.signUp(suite.anyone());
        SECRETS.put("e-mail", person.email());
        SECRETS.put("password", person.password());
        SECRETS.put("access token", person.token());
        SECRETS.put("refresh token", person.refreshToken());
        SECRETS.put("cookie", person.cookie().substring(person.cookie().indexOf('=') + 1));
        admin = AccountSecrets.use(suite, SECRETS);
        Mistakes.provoke(suite, person, SECRETS);
    }

    @AfterAll
    static void end() {
        suite.close();
        receiver.close();
    }

    @Test
    void aTraceJoinsTheCallersSpanTheServicesAndTheirRedisCalls() {
        String trace = traceId();

        person.client().with("traceparent", traceParent(trace)).get("/profiles/me");

        Eventually.within(EXPORTED_WITHIN).untilAsserted(() -> {
            Received request = only(trace, "profile-service", SpanKind.SPAN_KIND_SERVER);
            assertThat(request.name()).isEqualTo("GET /profiles/me");
            assertThat(request.parentId()).isEqualTo(CALLER_SPAN);
            assertThat(children(request, SpanKind.SPAN_KIND_CLIENT))
                    .isNotEmpty()
                    .allSatisfy(call -> {
                        assertThat(call.attributes().get("db.system")).contains("redis");
                        assertThat(call.attributes()).doesNotContainKeys("db.statement", "db.query.text");
                    });
        });
    }

    @Test
    void aTraceReachesTheObjectStoreAndTheWorkerOfTheJobThatFollows() throws Exception {
        String trace = traceId();
        byte[] bytes = "moo".getBytes();
        Client client = person.client().with("traceparent", traceParent(trace));
        Reply upload = Uploads.ask(client, bytes);
        assertThat(Uploads.put(upload, bytes)).isBetween(200, 204);

        assertThat(client.post("/media/uploads/" + upload.text("/id") + "/complete", "")
                        .status())
                .isEqualTo(200);

        Eventually.within(EXPORTED_WITHIN).untilAsserted(() -> {
            List<Received> spans = receiver.trace(trace);
            Received completion = spans.stream()
                    .filter(span -> span.name().matches("POST /media/uploads/\\{id.*}/complete"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no completion in " + spans));
            assertThat(children(completion, SpanKind.SPAN_KIND_CLIENT))
                    .extracting(Received::name)
                    .contains("S3 HeadObject");
            Received run = only(trace, "jobs-service", SpanKind.SPAN_KIND_CONSUMER);
            assertThat(run.attributes().get("drover.job.type")).contains("media.process");
            assertThat(children(run, SpanKind.SPAN_KIND_CLIENT))
                    .extracting(Received::name)
                    .contains("S3 GetObject")
                    .containsAnyOf("evalsha", "eval");
        });
    }

    @Test
    void theRunOfAJobIsAChildOfTheRequestThatAddedIt() {
        String trace = traceId();

        Reply added = person.client()
                .with("traceparent", traceParent(trace))
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/jobs", "{\"queue\":\"default\",\"type\":\"no.such-handler\",\"maxAttempts\":1}");
        assertThat(added.status()).as("%s", added.body()).isEqualTo(202);

        Eventually.within(EXPORTED_WITHIN).untilAsserted(() -> {
            Received request = only(trace, "jobs-service", SpanKind.SPAN_KIND_SERVER);
            Received run = only(trace, "jobs-service", SpanKind.SPAN_KIND_CONSUMER);
            assertThat(run.parentId()).isEqualTo(request.spanId());
            assertThat(run.attributes().get("drover.job.id")).contains(added.text("/id"));
        });
    }

    @Test
    void aWorkerOutsideIsToldTheTraceOfTheJobItLeases() {
        String trace = traceId();
        Reply added = admin.client()
                .with("traceparent", traceParent(trace))
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/jobs", "{\"queue\":\"outside\",\"type\":\"test.work\"}");
        assertThat(added.status()).as("%s", added.body()).isEqualTo(202);

        Reply leased = admin.client().post("/queues/outside/lease", "{\"max\":1,\"waitMs\":5000,\"worker\":\"w-1\"}");

        assertThat(leased.text("/jobs/0/traceparent"))
                .as("%s", leased.body())
                .matches("00-" + trace + "-[0-9a-f]{16}-01")
                .doesNotContain(CALLER_SPAN);
    }

    @Test
    void whoReadsAMessageIsToldTheTraceItWasPublishedIn() {
        String trace = traceId();
        String channel = "/realtime/channels/public:traces/messages";
        Reply published = person.client()
                .with("traceparent", traceParent(trace))
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post(channel, "{\"data\":\"moo\"}");
        assertThat(published.status()).as("%s", published.body()).isEqualTo(201);

        Reply history = person.client().get(channel + "?limit=1");

        assertThat(history.text("/messages/0/traceparent"))
                .as("%s", history.body())
                .matches("00-" + trace + "-[0-9a-f]{16}-01");
    }

    @Test
    void theLinesOfARequestAreFoundByItsIds() {
        String trace = traceId();
        person.client()
                .with("traceparent", traceParent(trace))
                .with("X-Request-Id", "found-by-this-id")
                .get("/media/med_unknown");

        Eventually.within(EXPORTED_WITHIN).untilAsserted(() -> {
            List<JsonNode> lines = lines(suite.data().resolve("logs")).stream()
                    .filter(line -> line.path("traceId").asText().equals(trace))
                    .toList();
            assertThat(lines)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(
                            line -> assertThat(line.path("requestId").asText()).isEqualTo("found-by-this-id"))
                    .anySatisfy(line -> {
                        assertThat(line.path("logger").asText()).isEqualTo("dev.drover.request");
                        assertThat(line.path("method").asText()).isEqualTo("GET");
                        assertThat(line.path("route").asText()).isEqualTo("/media/{id}");
                        assertThat(line.path("status").asInt()).isEqualTo(404);
                        assertThat(line.path("durationMs").isNumber()).isTrue();
                    });
        });
    }

    @Test
    void everyLineIsAnObjectThatNamesItsServiceAndInstance() throws Exception {
        assertThat(lines(suite.data().resolve("logs"))).hasSizeGreaterThan(50).allSatisfy(line -> {
            assertThat(line.isObject()).as("%s", line).isTrue();
            for (String field : List.of("timestamp", "level", "logger", "message", "service", "instance")) {
                assertThat(line.path(field).asText())
                        .as("%s of %s", field, line)
                        .isNotEmpty();
            }
            assertThat(line.has("mdc")).isFalse();
        });
    }

    @Test
    void noSecretIsInAnyLog() throws Exception {
        List<Path> files = logs(suite.data());
        assertThat(files).hasSizeGreaterThanOrEqualTo(7);
        for (Path file : files) {
            String text = Files.readString(file);
            SECRETS.forEach((what, secret) ->
                    assertThat(text.contains(secret)).as("%s in %s", what, file).isFalse());
        }
    }

    @Test
    void noSecretIsInAnySpan() {
        assertThat(receiver.faults()).isEmpty();
        assertThat(receiver.spans())
                .isNotEmpty()
                .allSatisfy(span -> SECRETS.forEach(
                        (what, secret) -> assertThat(span.text()).as(what).doesNotContain(secret)));
    }

    private static Received only(String trace, String service, SpanKind kind) {
        List<Received> found = receiver.trace(trace).stream()
                .filter(span -> span.service().equals(service) && span.kind() == kind)
                .toList();
        assertThat(found)
                .as("%s spans of %s in %s", kind, service, receiver.trace(trace))
                .hasSize(1);
        return found.getFirst();
    }

    private static List<Received> children(Received parent, SpanKind kind) {
        return receiver.trace(parent.traceId()).stream()
                .filter(span -> span.parentId().equals(parent.spanId()) && span.kind() == kind)
                .toList();
    }

    private static String traceId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String traceParent(String trace) {
        return "00-" + trace + "-" + CALLER_SPAN + "-01";
    }

    private static List<JsonNode> lines(Path folder) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (Path file : logs(folder)) {
            for (String line : Files.readAllLines(file)) {
                try {
                    lines.add(JSON.readTree(line));
                } catch (JsonProcessingException e) {
                    throw new AssertionError(file + " has a line that is no JSON: " + line, e);
                }
            }
        }
        return lines;
    }

    private static List<Path> logs(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".log") || file.toString().endsWith(".out"))
                    .toList();
        }
    }
}
