package dev.drover.profile.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Inject;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.Value;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.flags.FlagCopy;
import dev.drover.platform.flags.FlagKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RequestCalls;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class FlagCopyTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    FlagCopy copy;

    @Inject
    RedisCalls redis;

    @Inject
    Client features;

    @TestHTTPResource("/ofrep/v1/events")
    URI events;

    private final FlagCalls flags = FlagCalls.byAnAdmin();
    private final String key = "f-" + UUID.randomUUID();

    /** Attacks F-7: nobody publishes, so only the poll can find it. */
    @Test
    void aChangeNobodyToldOfIsFound() {
        redis.send(
                Command.HSET,
                FlagKeys.RECORDS,
                key,
                "9 1 {\"type\":\"boolean\",\"variants\":{\"on\":true},\"defaultVariant\":\"on\"}");
        redis.send(Command.INCR, FlagKeys.REVISION);
        Eventually.within(SOON).until(() -> copy.snapshot().flag(key).isPresent());
        redis.send(Command.HDEL, FlagKeys.RECORDS, key);
        redis.send(Command.INCR, FlagKeys.REVISION);
        Eventually.within(SOON).until(() -> copy.snapshot().flag(key).isEmpty());
        assertThat(copy.isStale()).isFalse();
    }

    @Test
    void theSdkGetsWhatOfrepAnswers() {
        flags.put(
                        key,
                        "\"0\"",
                        "{\"type\":\"integer\",\"variants\":{\"few\":1,\"many\":7},\"defaultVariant\":\"few\","
                                + "\"rules\":[{\"name\":\"de\",\"when\":[{\"attribute\":\"country\",\"equals\":\"DE\"}],\"variant\":\"many\"},"
                                + "{\"when\":[{\"percentage\":100}],\"variant\":\"few\"}]}")
                .statusCode(201);
        Eventually.within(SOON).until(() -> copy.snapshot().flag(key).isPresent());
        ImmutableContext german = new ImmutableContext("u", java.util.Map.of("country", new Value("DE")));
        FlagEvaluationDetails<Integer> details = features.getIntegerDetails(key, 0, german);
        assertThat(details.getValue()).isEqualTo(7);
        assertThat(details.getVariant()).isEqualTo("many");
        assertThat(details.getReason()).isEqualTo("TARGETING_MATCH");
        assertThat(details.getFlagMetadata().getString("rule")).isEqualTo("de");
        assertThat(features.getDoubleValue(key, 0.0, german)).isEqualTo(7.0);
        assertThat(features.getIntegerDetails(key, 0, new ImmutableContext("u")).getReason())
                .isEqualTo("SPLIT");
        assertThat(features.getIntegerDetails(key, 3, new ImmutableContext()))
                .satisfies(missing -> assertThat(missing.getErrorCode()).isEqualTo(ErrorCode.TARGETING_KEY_MISSING))
                .satisfies(missing -> assertThat(missing.getValue()).isEqualTo(3));
        assertThat(features.getStringDetails(key, "x", german).getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(features.getBooleanDetails("no-" + key, true).getErrorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    }

    @Test
    void aNoticeStandsOnEveryAnswerWhileTheFlagSaysSo() {
        String notice = "maintenance-notice";
        flags.put(
                notice,
                "*",
                "{\"type\":\"string\",\"variants\":{\"none\":\"\",\"tonight\":\"Down from 22:00\\u0000 UTC\"},"
                        + "\"defaultVariant\":\"tonight\",\"offVariant\":\"none\"}");
        Eventually.within(SOON).untilAsserted(() -> flags.request()
                .get("/profiles/me")
                .then()
                .header("Drover-Notice", equalTo("Down from 22:00  UTC")));
        flags.enable(notice, false).statusCode(200);
        Eventually.within(SOON).untilAsserted(() -> assertThat(
                        flags.request().get("/profiles/me").header("Drover-Notice"))
                .isNull());
    }

    /** A client that was away says what it was told last; one that was told of everything hears nothing but signs of life. */
    @Test
    void whoFollowsIsToldToAskAgain() throws Exception {
        flags.put(key, "\"0\"", FlagCalls.SIMPLE).statusCode(201);
        Eventually.within(SOON).until(() -> copy.snapshot().flag(key).isPresent());
        long revision = copy.snapshot().revision();
        assertThat(stream("0")).contains("\"type\":\"refetchEvaluation\"", "\"etag\":\"", "\"lastModified\":", "id:");
        Eventually.within(SOON).untilAsserted(() -> assertThat(
                        stream(Long.toString(copy.snapshot().revision())))
                .doesNotContain("refetchEvaluation"));
        assertThat(copy.snapshot().revision()).isGreaterThanOrEqualTo(revision);
    }

    /** All of one stream, which ends by itself after a while. */
    private String stream(String lastEventId) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> stream = http.send(
                    HttpRequest.newBuilder(events)
                            .header("Last-Event-ID", lastEventId)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(stream.statusCode()).isEqualTo(200);
            RequestCalls.succeeded("GET /ofrep/v1/events", stream);
            assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            return stream.body();
        }
    }
}
