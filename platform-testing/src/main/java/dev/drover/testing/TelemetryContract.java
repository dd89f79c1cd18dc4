package dev.drover.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.test.common.http.TestHTTPResource;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/**
 * What every service tells its operator (docs/operations): the same ids, metrics and log fields in all. A service extends this in its own
 * {@code …TelemetryTest} and names one of its endpoints.
 */
public abstract class TelemetryContract {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Inject
    MeterRegistry meters;

    @TestHTTPResource(value = "/metrics", management = true)
    String metricsUrl;

    /** A path that needs a caller and answers GET. */
    protected abstract String protectedGet();

    /** Its template, as metrics and logs show it. */
    protected String protectedRoute() {
        return protectedGet();
    }

    @Test
    void aRequestKeepsTheIdItsClientGaveIt() {
        given().header("X-Request-Id", "order-4711")
                .get(protectedGet())
                .then()
                .header("X-Request-Id", equalTo("order-4711"));
    }

    @Test
    void aRequestWithoutAnIdOrWithOneThatIsNoneIsGivenOne() {
        given().get("/no-such-thing").then().header("X-Request-Id", matchesPattern("[0-9a-f]{32}"));
        given().header("X-Request-Id", "ada@example.org")
                .get(protectedGet())
                .then()
                .header("X-Request-Id", matchesPattern("[0-9a-f]{32}"));
    }

    @Test
    void aProblemNamesTheTraceOfItsCaller() {
        given().header("traceparent", TRACE_PARENT).get(protectedGet()).then().body("traceId", equalTo(TRACE));
        given().get(protectedGet()).then().body("traceId", matchesPattern("[0-9a-f]{32}"));
    }

    @Test
    void whatIsLoggedForARequestCarriesItsIds() {
        try (LogCapture log = LogCapture.of("dev.drover")) {
            given().header("traceparent", TRACE_PARENT)
                    .header("X-Request-Id", "telemetry-contract")
                    .get(protectedGet());

            Eventually.within(Duration.ofSeconds(5)).untilAsserted(() -> {
                List<ExtLogRecord> lines = log.lines("requestId", "telemetry-contract");
                assertThat(lines).extracting(line -> line.getMdc("traceId")).containsOnly(TRACE);
                // One of the refusal, one of the request.
                assertThat(lines)
                        .filteredOn(line -> line.getLevel().intValue() == Level.INFO.intValue())
                        .hasSize(1);
                assertThat(lines)
                        .filteredOn(line -> line.getLoggerName().equals("dev.drover.request"))
                        .hasSize(1)
                        .allSatisfy(line -> {
                            assertThat(line.getMdc("method")).isEqualTo("GET");
                            assertThat(line.getMdc("route")).isEqualTo(protectedRoute());
                            assertThat(line.getMdc("status")).isEqualTo("401");
                            assertThat(Long.parseLong(line.getMdc("durationMs")))
                                    .isBetween(0L, 5_000L);
                        });
            });
        }
    }

    @Test
    void thePathOfAnUnknownResourceIsNotLogged() {
        try (LogCapture log = LogCapture.of("dev.drover")) {
            given().header("X-Request-Id", "unknown-path").get("/reset/planted-secret");

            Eventually.within(Duration.ofSeconds(5))
                    .until(() -> log.lines("requestId", "unknown-path").size() == 2);
            assertThat(log.lines("requestId", "unknown-path"))
                    .noneMatch(line -> line.getFormattedMessage().contains("planted-secret"));
        }
    }

    @Test
    void theCommonMetersAreHereWithTheirTags() {
        given().get(protectedGet());

        Metrics metrics = metrics();
        assertThat(metrics.names()).contains("http_server_requests_seconds_count", "drover_drain");
        assertThat(metrics.value("drover_drain")).isEqualTo(0.0);
        assertThat(metrics.tagsOf("http_server_requests_seconds_count"))
                .isEqualTo(Set.of("method", "outcome", "service", "status", "uri"));
        assertThat(metrics.samples())
                .allSatisfy(sample -> assertThat(sample.tags()).containsKey("service"));
    }

    @Test
    void everyMeterOfOursIsInTheCatalogueWithItsTypeAndTags() {
        given().get(protectedGet());
        Map<String, MeterCatalogue.Entry> catalogue = MeterCatalogue.read().entries();

        List<Meter.Id> ours = meters.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith("drover.") || catalogue.containsKey(id.getName()))
                .toList();

        assertThat(ours).extracting(Meter.Id::getName).contains("drover.drain", "http.server.requests");
        assertThat(ours).allSatisfy(id -> {
            Set<String> tags = id.getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new));
            String type = id.getType().name().toLowerCase(Locale.ROOT);
            assertThat(catalogue.get(id.getName()))
                    .as("%s in docs/operations/metrics.md", id.getName())
                    .isEqualTo(new MeterCatalogue.Entry(id.getName(), type, tags));
        });
    }

    @Test
    void theRouteOfARequestIsATemplateAndUnknownPathsAreOne() {
        for (int i = 0; i < 5; i++) {
            given().get("/no-such-thing/" + i);
            given().get(protectedGet() + "/no-such-thing/" + i);
            given().get(protectedGet() + "?cursor=" + i);
            // Refused before any resource is looked for.
            given().contentType("application/json").body("x".repeat(70_000)).post("/no-such-thing/" + i);
        }

        Metrics metrics = metrics();
        assertThat(metrics.values("http_server_requests_seconds_count", "uri"))
                .contains(protectedRoute(), "/unmatched")
                .allSatisfy(uri -> assertThat(uri).doesNotContain("no-such-thing", "cursor"));
    }

    protected final Metrics metrics() {
        return Metrics.parse(
                given().get(metricsUrl).then().statusCode(200).extract().asString());
    }
}
