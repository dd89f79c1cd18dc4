package dev.drover.profile.flags;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.flags.FlagKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class OfrepResourceTest {

    private static final String FLAGS = "/ofrep/v1/evaluate/flags";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    RedisCalls redis;

    private final FlagCalls flags = FlagCalls.byAnAdmin();
    private final TestIdentity.Login ada = TestIdentity.logIn();
    private final String key = "f-" + UUID.randomUUID();

    @Test
    void aFlagIsEvaluatedAsOfrepHasIt() {
        create(
                "{\"type\":\"object\",\"variants\":{\"a\":{\"n\":1.50},\"b\":{}},\"defaultVariant\":\"b\","
                        + "\"rules\":[{\"name\":\"premium\",\"when\":[{\"attribute\":\"plan\",\"equals\":\"premium\"}],\"variant\":\"a\"}]}");
        Response answer = evaluate(key, "{\"context\":{\"targetingKey\":\"u\",\"plan\":\"premium\"}}");
        answer.then()
                .statusCode(200)
                .contentType("application/json")
                .body("key", equalTo(key))
                .body("reason", equalTo("TARGETING_MATCH"))
                .body("variant", equalTo("a"))
                .body("metadata.rule", equalTo("premium"))
                .body("metadata.flagVersion", notNullValue());
        assertThat(answer.asString()).contains("\"value\":{\"n\":1.5").doesNotContain("stale");
        evaluate(key, "{\"context\":{}}")
                .then()
                .body("reason", equalTo("DEFAULT"))
                .body("variant", equalTo("b"));
    }

    @Test
    void everyErrorHasTheMembersOfOfrepAndOfAProblem() {
        create("{\"type\":\"boolean\",\"variants\":{\"on\":true,\"off\":false},\"defaultVariant\":\"off\","
                + "\"rules\":[{\"when\":[{\"percentage\":50}],\"variant\":\"on\"}]}");
        error(evaluate(key, "{\"context\":{}}"), 400, "targeting_key_missing", "TARGETING_KEY_MISSING");
        error(evaluate(key, "{\"context\":7}"), 400, "context_invalid", "INVALID_CONTEXT");
        error(evaluate(key, "{}"), 400, "context_invalid", "INVALID_CONTEXT");
        error(evaluate(key, "{\"context\":{\"targetingKey\":7}}"), 400, "context_invalid", "INVALID_CONTEXT");
        error(evaluate(key, "{"), 400, "malformed_json", "PARSE_ERROR");
        error(evaluate(key, ""), 400, "context_invalid", "INVALID_CONTEXT");
        error(evaluate(key, "[]"), 400, "context_invalid", "INVALID_CONTEXT");
        String none = "f-" + UUID.randomUUID();
        Response missing = evaluate(none, "{\"context\":{}}");
        problem(missing.then(), 404, "flag_not_found")
                .body("key", equalTo(none))
                .body("errorCode", equalTo("FLAG_NOT_FOUND"))
                .body("errorDetails", notNullValue());
        problem(by().body("{").post(FLAGS).then(), 400, "malformed_json").body("errorCode", equalTo("PARSE_ERROR"));
        problem(
                given().contentType("application/json")
                        .body("{\"context\":{}}")
                        .post(FLAGS)
                        .then(),
                401,
                "unauthenticated");
    }

    private void error(Response answer, int status, String code, String errorCode) {
        problem(answer.then(), status, code)
                .body("key", equalTo(key))
                .body("errorCode", equalTo(errorCode))
                .body("errorDetails", notNullValue());
    }

    @Test
    void allFlagsAreEvaluatedAtOnceAndA304SparesWhatHasNotChanged() {
        create(FlagCalls.SIMPLE);
        String percent = key + ".share";
        flags.put(
                        percent,
                        "\"0\"",
                        "{\"type\":\"boolean\",\"variants\":{\"on\":true,\"off\":false},\"defaultVariant\":\"off\","
                                + "\"rules\":[{\"when\":[{\"percentage\":50}],\"variant\":\"on\"}]}")
                .statusCode(201);
        Eventually.within(SOON).untilAsserted(() -> evaluate(percent, "{\"context\":{\"targetingKey\":\"u\"}}")
                .then()
                .statusCode(200));
        Response all = by().body("{\"context\":{}}").post(FLAGS);
        all.then()
                .statusCode(200)
                .body("flags.key", hasItem(key))
                .body("flags.find { it.key == '" + percent + "' }.errorCode", equalTo("TARGETING_KEY_MISSING"))
                .body("flags.find { it.key == '" + key + "' }.value", equalTo(false))
                .body("eventStreams[0].type", equalTo("sse"))
                .body("eventStreams[0].url", equalTo("http://localhost:8080/ofrep/v1/events"));
        String tag = all.header("ETag");
        for (String known : new String[] {tag, "W/" + tag, tag.replace("\"", "")}) {
            by().header("If-None-Match", known)
                    .body("{\"context\":{}}")
                    .post(FLAGS + "?flagConfigEtag=1&flagConfigLastModified=1")
                    .then()
                    .statusCode(304)
                    .header("ETag", tag);
        }
        by().header("If-None-Match", tag)
                .body("{\"context\":{\"targetingKey\":\"u\"}}")
                .post(FLAGS)
                .then()
                .statusCode(200);
        flags.enable(percent, false).statusCode(200);
        Eventually.within(SOON).untilAsserted(() -> by().header("If-None-Match", tag)
                .body("{\"context\":{}}")
                .post(FLAGS)
                .then()
                .statusCode(200)
                .body("flags.find { it.key == '" + percent + "' }.reason", equalTo("DISABLED")));
    }

    /** Attacks F-6. */
    @Test
    void anApiKeyEvaluatesFlagsAndDoesNothingElseUntilItIsDeleted() {
        create(FlagCalls.SIMPLE);
        Response created = flags.request()
                .contentType("application/json")
                .header("Idempotency-Key", "k-" + key)
                .body("{\"name\":\"shop\"}")
                .post("/ofrep/v1/keys");
        created.then().statusCode(201).header("Cache-Control", "no-store");
        String apiKey = created.path("key");
        assertThat(apiKey).matches("dvk_[0-9a-z]{26}_[0-9a-z]{52}");
        byKey(apiKey).body("{\"context\":{}}").post(FLAGS + "/" + key).then().statusCode(200);
        byKey(apiKey)
                .body("{\"context\":{}}")
                .header("Idempotency-Key", "e-" + key)
                .post(FLAGS)
                .then()
                .statusCode(200);
        problem(given().header("X-API-Key", apiKey).get("/profiles/me").then(), 401, "unauthenticated");
        problem(given().header("X-API-Key", apiKey).get("/flags").then(), 401, "unauthenticated");
        String other = apiKey.substring(0, apiKey.length() - 1) + (apiKey.endsWith("0") ? "1" : "0");
        for (String wrong : new String[] {other, "x", "dvk_" + "a".repeat(26) + "_" + "a".repeat(52)}) {
            problem(
                    byKey(wrong)
                            .body("{\"context\":{}}")
                            .post(FLAGS + "/" + key)
                            .then(),
                    401,
                    "unauthenticated");
        }
        flags.request().get("/ofrep/v1/keys").then().statusCode(200).body("items.name", hasItem("shop"));
        assertThat(flags.request().get("/ofrep/v1/keys").asString()).doesNotContain(apiKey.substring(31));
        assertThat(redis.send(Command.HGETALL, FlagKeys.API_KEYS).toString()).doesNotContain(apiKey.substring(31));
        flags.request().delete(created.header("Location")).then().statusCode(204);
        problem(byKey(apiKey).body("{\"context\":{}}").post(FLAGS + "/" + key).then(), 401, "unauthenticated");
        problem(flags.request().delete(created.header("Location")).then(), 404, "not_found");
    }

    @Test
    void whatIsStoredAndCannotBeReadIsAnErrorOfThatFlagAlone() {
        create(FlagCalls.SIMPLE);
        String broken = key + ".later";
        redis.send(Command.HSET, FlagKeys.RECORDS, broken, "1 1 {\"type\":\"colour\"}");
        try {
            flags.enable(key, true).statusCode(200);
            Eventually.within(SOON).untilAsserted(() -> problem(
                            evaluate(broken, "{\"context\":{}}").then(), 400, "flag_unreadable")
                    .body("errorCode", equalTo("PARSE_ERROR")));
            evaluate(key, "{\"context\":{}}").then().statusCode(200);
        } finally {
            redis.send(Command.HDEL, FlagKeys.RECORDS, broken);
            flags.enable(key, true).statusCode(200);
        }
    }

    private void create(String document) {
        flags.put(key, "\"0\"", document).statusCode(201);
        Eventually.within(SOON).untilAsserted(() -> assertThat(
                        evaluate(key, "{\"context\":{\"targetingKey\":\"u\"}}").statusCode())
                .isEqualTo(200));
    }

    private Response evaluate(String flag, String body) {
        return by().body(body).post(FLAGS + "/" + flag);
    }

    private io.restassured.specification.RequestSpecification by() {
        return given().header("Authorization", ada.bearer()).contentType("application/json");
    }

    private static io.restassured.specification.RequestSpecification byKey(String apiKey) {
        return given().header("X-API-Key", apiKey).contentType("application/json");
    }
}
