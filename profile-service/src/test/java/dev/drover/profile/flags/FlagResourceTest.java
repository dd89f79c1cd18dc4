package dev.drover.profile.flags;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.flags.FlagKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class FlagResourceTest {

    @Inject
    RedisCalls redis;

    private final FlagCalls flags = FlagCalls.byAnAdmin();
    private final String key = "f-" + UUID.randomUUID();

    @Test
    void aFlagIsCreatedReadChangedAndDeleted() {
        String first = flags.put(key, "\"0\"", FlagCalls.SIMPLE)
                .statusCode(201)
                .header("Location", "/flags/" + key)
                .extract()
                .header("ETag");
        flags.request()
                .get("/flags/" + key)
                .then()
                .statusCode(200)
                .header("ETag", first)
                .body("enabled", equalTo(true))
                .body("rules.size()", equalTo(0));
        flags.request()
                .header("If-None-Match", first)
                .get("/flags/" + key)
                .then()
                .statusCode(304);
        flags.request().get("/flags").then().statusCode(200).body("items.key", hasItem(key));
        String second = flags.put(key, first, FlagCalls.SIMPLE.replace("\"off\"}", "\"on\"}"))
                .statusCode(200)
                .body("defaultVariant", equalTo("on"))
                .extract()
                .header("ETag");
        flags.request()
                .header("If-Match", second)
                .delete("/flags/" + key + "?why=Unused.")
                .then()
                .statusCode(204);
        problem(flags.request().get("/flags/" + key).then(), 404, "flag_not_found");
        assertThat(flags.put(key, "\"0\"", FlagCalls.SIMPLE)
                        .statusCode(201)
                        .extract()
                        .header("ETag"))
                .as("F-4: a version is never given twice")
                .isNotIn(first, second);
    }

    @Test
    void historySaysWhoWhenWhyAndWhat() {
        String tag = flags.put(key, "\"0\"", FlagCalls.SIMPLE).extract().header("ETag");
        flags.put(key, tag, FlagCalls.SIMPLE.replace("\"off\"}", "\"on\"}")).statusCode(200);
        flags.enable(key, false).statusCode(200);
        ValidatableResponse latest = flags.request()
                .get("/flags/" + key + "/history?limit=2")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(2))
                .body("items[0].why", equalTo("Something burns."))
                .body("items[0].who", equalTo(flags.admin().sub()))
                .body("items[0].diff[0].path", equalTo("/enabled"))
                .body("items[0].diff[0].after", equalTo(false))
                .body("items[1].diff[0].path", equalTo("/defaultVariant"))
                .body("items[1].diff[0].before", equalTo("off"))
                .body("items[1].diff[0].after", equalTo("on"));
        String link = latest.extract().header("Link");
        flags.request()
                .urlEncodingEnabled(false)
                .get(link.substring(1, link.indexOf('>')))
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].action", equalTo("created"));
        problem(flags.request().get("/flags/" + key + "/history?cursor=x").then(), 400, "validation_failed");
    }

    @Test
    void onlyAnAdminOnlyWithAReasonAndOnlyAtTheVersionThatWasRead() {
        TestIdentity.Login somebody = TestIdentity.logIn();
        problem(given().header("Authorization", somebody.bearer()).get("/flags").then(), 403, "forbidden");
        problem(given().get("/flags").then(), 401, "unauthenticated");
        problem(
                flags.request()
                        .header("If-Match", "*")
                        .contentType("application/json")
                        .body(FlagCalls.SIMPLE)
                        .put("/flags/" + key)
                        .then(),
                400,
                "validation_failed");
        problem(
                flags.request()
                        .contentType("application/json")
                        .body(FlagCalls.SIMPLE)
                        .put("/flags/" + key + "?why=x")
                        .then(),
                428,
                "precondition_required");
        problem(flags.put(key, "\"7\"", FlagCalls.SIMPLE), 412, "precondition_failed");
        problem(flags.put(key, "\"0\"", "{\"type\":\"boolean\"}"), 400, "validation_failed");
        problem(
                flags.put(key, "\"0\"", FlagCalls.SIMPLE.replace("{\"type", "{\"colour\":1,\"type")),
                400,
                "unknown_field");
        problem(flags.put("%20", "\"0\"", FlagCalls.SIMPLE), 400, "validation_failed");
        problem(flags.enable(key, false), 404, "flag_not_found");
    }

    /** Attacks F-2 and F-3. */
    @Test
    void ofManyAtOneVersionOneWinsAndEachChangeIsInTheHistory() throws Exception {
        String tag = flags.put(key, "\"0\"", FlagCalls.SIMPLE).extract().header("ETag");
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(
                        () -> flags.put(key, tag, FlagCalls.SIMPLE).extract().statusCode()));
            }
            for (Future<Integer> answer : all) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 412);
        assertThat(redis.send(Command.XLEN, FlagKeys.history(key)).toInteger()).isEqualTo(2);
    }
}
