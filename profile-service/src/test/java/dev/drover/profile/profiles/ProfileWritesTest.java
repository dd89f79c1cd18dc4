package dev.drover.profile.profiles;

import static dev.drover.testing.HttpContract.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** What one write may do to another, and to handles. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ProfileWritesTest {

    private static final String ME = "/profiles/me";
    private static final String MERGE_PATCH = MyProfileResource.MERGE_PATCH;

    @Inject
    RedisCalls redis;

    private final TestIdentity.Login ada = TestIdentity.logIn();
    private final ProfileWriter writer = new ProfileWriter(ada);

    @Test
    void aWriteWithoutIfMatchIsRefused() {
        problem(
                writer.request()
                        .contentType(ContentType.JSON)
                        .body("{}")
                        .put(ME)
                        .then(),
                428,
                "precondition_required");
        problem(writer.request().contentType(MERGE_PATCH).body("{}").patch(ME).then(), 428, "precondition_required");
        writer.request().get(ME).then().body("version", equalTo(0));
    }

    @Test
    void aWriteOfAnOldVersionIsRefused() {
        writer.put("\"0\"", "{\"displayName\":\"first\"}");
        problem(writer.put("\"0\"", "{\"displayName\":\"second\"}"), 412, "precondition_failed");
        problem(writer.put("\"2\"", "{\"displayName\":\"second\"}"), 412, "precondition_failed");
        problem(writer.patch("\"0\"", "{\"displayName\":\"second\"}"), 412, "precondition_failed");
        problem(writer.put("W/\"1\"", "{}"), 400, "validation_failed");
        writer.request().get(ME).then().body("displayName", equalTo("first")).body("version", equalTo(1));
    }

    @Test
    void aStarOverwritesWhateverIsThere() {
        writer.put("*", "{\"displayName\":\"first\"}").statusCode(200).header("ETag", "\"1\"");
        writer.patch("*", "{\"bio\":\"second\"}")
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("displayName", equalTo("first"));
    }

    /** Attacks P-3: the answer was lost with the instance, and the client or the gateway asks again. */
    @Test
    void aRepeatByKeyIsAnsweredAsTheFirstWas() {
        String key = UUID.randomUUID().toString();
        String body = "{\"displayName\":\"Ada\"}";
        ValidatableResponse first = ProfileWriter.patch(writer.keyed(key, "\"0\""), body)
                .statusCode(200)
                .header("Idempotency-Replayed", nullValue());
        ProfileWriter.patch(writer.keyed(key, "\"0\""), body)
                .statusCode(200)
                .header("ETag", "\"1\"")
                .header("Idempotency-Replayed", "true")
                .body(equalTo(first.extract().asString()));
        writer.patch("\"1\"", "{\"bio\":\"another write\"}").statusCode(200);
        ProfileWriter.patch(writer.keyed(key, "\"0\""), body)
                .statusCode(200)
                .header("ETag", "\"2\"")
                .header("Idempotency-Replayed", "true")
                .body("bio", equalTo("another write"));
    }

    @Test
    void aKeyNamesOneRequest() {
        String key = UUID.randomUUID().toString();
        ProfileWriter.patch(writer.keyed(key, "\"0\""), "{\"displayName\":\"Ada\"}")
                .statusCode(200);
        problem(
                ProfileWriter.patch(writer.keyed(key, "\"0\""), "{\"displayName\":\"Eve\"}"),
                422,
                "idempotency_key_reused");
        problem(
                ProfileWriter.patch(writer.keyed(key, "\"1\""), "{\"displayName\":\"Ada\"}"),
                422,
                "idempotency_key_reused");
        ProfileWriter.put(writer.keyed(key, "\"1\""), "{}").statusCode(200);
        TestIdentity.Login eve = TestIdentity.logIn();
        ProfileWriter.patch(
                        new ProfileWriter(eve)
                                .request()
                                .header("If-Match", "\"0\"")
                                .header("Idempotency-Key", key),
                        "{}")
                .statusCode(200)
                .header("Idempotency-Replayed", nullValue());
    }

    /** Two writers may well ask the same thing: adding one to the same number. Only a key makes the second a repeat of the first. */
    @Test
    void theSameRequestWithoutAKeyIsAnotherWriter() {
        writer.patch("\"0\"", "{\"preferences\":{\"n\":1}}").statusCode(200);
        problem(writer.patch("\"0\"", "{\"preferences\":{\"n\":1}}"), 412, "precondition_failed");
    }

    @Test
    void aHandleIsChosenChangedAndReserved() {
        String first = handle();
        String second = handle();
        writer.patch("\"0\"", "{\"handle\":\"" + first + "\"}").statusCode(200).body("handle", equalTo(first));
        TestIdentity.Login eve = TestIdentity.logIn();
        problem(
                ProfileWriter.patch(
                        new ProfileWriter(eve).request().header("If-Match", "*"), "{\"handle\":\"" + first + "\"}"),
                409,
                "handle_taken");
        writer.patch("\"1\"", "{\"handle\":\"" + second + "\"}").statusCode(200).body("handle", equalTo(second));
        problem(
                ProfileWriter.patch(
                        new ProfileWriter(eve).request().header("If-Match", "*"), "{\"handle\":\"" + first + "\"}"),
                409,
                "handle_taken");
        assertThat(redis.send(Command.PTTL, "drover:{handle:" + first + "}:claim")
                        .toLong())
                .isPositive();
        writer.patch("\"2\"", "{\"handle\":\"" + first + "\"}").statusCode(200).body("handle", equalTo(first));
        assertThat(redis.send(Command.PTTL, "drover:{handle:" + first + "}:claim")
                        .toLong())
                .isNegative();
    }

    @Test
    void aRefusedHandleLeavesTheProfileAsItWas() {
        String taken = handle();
        writer.patch("\"0\"", "{\"handle\":\"" + taken + "\"}");
        TestIdentity.Login eve = TestIdentity.logIn();
        problem(
                ProfileWriter.patch(
                        new ProfileWriter(eve).request().header("If-Match", "\"0\""),
                        "{\"handle\":\"" + taken + "\",\"bio\":\"x\"}"),
                409,
                "handle_taken");
        new ProfileWriter(eve).request().get(ME).then().header("ETag", "\"0\"").body("bio", equalTo(""));
    }

    @Test
    void tooManyHandlesSaysWhenTheNextIsPossible() {
        for (int i = 0; i <= 5; i++) {
            writer.patch("*", "{\"handle\":\"" + handle() + "\"}").statusCode(200);
        }
        ValidatableResponse refused =
                problem(writer.patch("*", "{\"handle\":\"" + handle() + "\"}"), 429, "handle_changes_exhausted");
        assertThat(Long.parseLong(refused.extract().header("Retry-After"))).isBetween(29L * 86_400, 30L * 86_400);
    }

    private static String handle() {
        return "h_" + Ids.derive(UUID.randomUUID().toString());
    }
}
