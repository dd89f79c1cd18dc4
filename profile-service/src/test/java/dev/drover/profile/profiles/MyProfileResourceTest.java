package dev.drover.profile.profiles;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class MyProfileResourceTest {

    private static final String ME = "/profiles/me";
    private static final String MERGE_PATCH = MyProfileResource.MERGE_PATCH;

    @Inject
    RedisCalls redis;

    private final TestIdentity.Login ada = TestIdentity.logIn();

    @Test
    void aNewAccountHasAProfileThatIsStoredNowhere() {
        as(ada).get(ME)
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("id", equalTo(ada.sub()))
                .body("handle", equalTo(ada.sub()))
                .body("displayName", equalTo(""))
                .body("bio", equalTo(""))
                .body("avatar", nullValue())
                .body("preferences", anEmptyMap())
                .body("version", equalTo(0))
                .body("size()", equalTo(8));
        assertThat(redis.send(Command.EXISTS, "drover:{" + ada.sub() + "}:profile")
                        .toInteger())
                .isZero();
    }

    @Test
    void aProfileBeginsWithTheNameGivenAtSignUp() {
        redis.send(
                Command.HSET,
                "drover:{" + ada.sub() + "}:account",
                "email",
                "ada@example.org",
                "displayName",
                "Ada",
                "createdAt",
                "2026-01-02T03:04:05Z");
        as(ada).get(ME).then().body("displayName", equalTo("Ada")).body("updatedAt", equalTo("2026-01-02T03:04:05Z"));
        patch("\"0\"", "{\"bio\":\"Counts.\"}").statusCode(200).body("displayName", equalTo("Ada"));
        as(ada).get(ME).then().body("displayName", equalTo("Ada")).body("version", equalTo(1));
    }

    @Test
    void whatIsPutIsReadBackByTokenAndByCookie() {
        String avatar = AvatarFile.of(ada.sub()).store(redis);
        put(
                        "\"0\"",
                        "{\"displayName\":\"Ada\",\"bio\":\"one\\ntwo\",\"avatar\":{\"mediaId\":\"" + avatar
                                + "\"},\"preferences\":{\"n\":1.50}}")
                .statusCode(200)
                .header("ETag", "\"1\"");
        String byToken =
                as(ada).get(ME).then().header("ETag", "\"1\"").extract().asString();
        String byCookie = given().header("Cookie", ada.cookieHeader()).get(ME).asString();
        assertThat(byCookie)
                .isEqualTo(byToken)
                .contains("\"preferences\":{\"n\":1.50}", "\"avatar\":{\"mediaId\":\"" + avatar + "\",\"urls\":{}}");
        put("\"1\"", byToken).statusCode(200).header("ETag", "\"2\"");
    }

    /** Attacks P-10. */
    @Test
    void onlyAReadyPictureOfOnesOwnCanBeTheAvatar() {
        String others = AvatarFile.of(TestIdentity.logIn().sub()).store(redis);
        String pending = AvatarFile.of(ada.sub()).in("pending").store(redis);
        String quarantined = AvatarFile.of(ada.sub()).in("quarantined").store(redis);
        String deleted = AvatarFile.of(ada.sub()).in("deleted").store(redis);
        String document = AvatarFile.of(ada.sub()).uploadedAs("file").store(redis);
        for (String file : List.of(others, pending, quarantined, deleted, document, "med_a1111111111111111111111111")) {
            problem(patch("\"0\"", "{\"avatar\":{\"mediaId\":\"" + file + "\"}}"), 409, "avatar_unusable");
        }
        String own = AvatarFile.of(ada.sub()).store(redis);
        patch("\"0\"", "{\"avatar\":{\"mediaId\":\"" + own + "\"}}").statusCode(200);
        redis.send(Command.DEL, AvatarFile.key(own));
        patch("\"1\"", "{\"bio\":\"One that is kept is not asked for again.\"}").statusCode(200);
    }

    @Test
    void aWriteThatIsNotAdmittedChangesNothing() {
        put("\"0\"", "{\"bio\":\"Counts.\"}").statusCode(200);
        given().header("Cookie", ada.cookieHeader()).get(ME).then().statusCode(200);
        String handle = "late-" + ada.sub().substring(4, 12);
        String change = "{\"handle\":\"" + handle + "\"}";
        ada.revoke();

        problem(patch("\"1\"", change), 401, "session_revoked");
        problem(patch("*", change), 401, "session_revoked");
        problem(
                given().header("Cookie", ada.cookieHeader())
                        .header("Origin", "http://localhost:8080")
                        .header("If-Match", "\"1\"")
                        .contentType("application/merge-patch+json")
                        .body(change)
                        .patch(ME)
                        .then(),
                401,
                "session_revoked");
        String profile = "drover:{" + ada.sub() + "}:profile";
        assertThat(redis.send(Command.HGET, profile, "version").toString()).isEqualTo("1");
        assertThat(redis.send(Command.EXISTS, "drover:{handle:" + handle + "}:claim")
                        .toInteger())
                .isZero();
    }

    @Test
    void aPatchChangesOnlyWhatItNames() {
        put("\"0\"", "{\"displayName\":\"Ada\",\"bio\":\"Counts.\",\"preferences\":{\"a\":1,\"b\":2}}");
        patch("\"1\"", "{\"bio\":null,\"preferences\":{\"a\":null,\"c\":3}}")
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("displayName", equalTo("Ada"))
                .body("bio", equalTo(""))
                .body("preferences", equalTo(Map.of("b", 2, "c", 3)));
    }

    @Test
    void updatedAtIsTheTimeOfTheWrite() {
        Instant before = Instant.now().minusSeconds(2);
        String at = put("\"0\"", "{}").extract().path("updatedAt");
        assertThat(Instant.parse(at)).isBetween(before, before.plusSeconds(12));
    }

    @Test
    void aWriteWithoutIfMatchIsRefused() {
        problem(as(ada).contentType(ContentType.JSON).body("{}").put(ME).then(), 428, "precondition_required");
        problem(as(ada).contentType(MERGE_PATCH).body("{}").patch(ME).then(), 428, "precondition_required");
        as(ada).get(ME).then().body("version", equalTo(0));
    }

    @Test
    void aWriteOfAnOldVersionIsRefused() {
        put("\"0\"", "{\"displayName\":\"first\"}");
        problem(put("\"0\"", "{\"displayName\":\"second\"}"), 412, "precondition_failed");
        problem(put("\"2\"", "{\"displayName\":\"second\"}"), 412, "precondition_failed");
        problem(patch("\"0\"", "{\"displayName\":\"second\"}"), 412, "precondition_failed");
        problem(put("W/\"1\"", "{}"), 400, "validation_failed");
        as(ada).get(ME).then().body("displayName", equalTo("first")).body("version", equalTo(1));
    }

    @Test
    void aStarOverwritesWhateverIsThere() {
        put("*", "{\"displayName\":\"first\"}").statusCode(200).header("ETag", "\"1\"");
        patch("*", "{\"bio\":\"second\"}")
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("displayName", equalTo("first"));
    }

    /** Attacks P-3: the answer was lost with the instance, and the client or the gateway asks again. */
    @Test
    void aRepeatByKeyIsAnsweredAsTheFirstWas() {
        String key = UUID.randomUUID().toString();
        String body = "{\"displayName\":\"Ada\"}";
        ValidatableResponse first =
                patch(keyed(key, "\"0\""), body).statusCode(200).header("Idempotency-Replayed", nullValue());
        patch(keyed(key, "\"0\""), body)
                .statusCode(200)
                .header("ETag", "\"1\"")
                .header("Idempotency-Replayed", "true")
                .body(equalTo(first.extract().asString()));
        patch("\"1\"", "{\"bio\":\"another write\"}").statusCode(200);
        patch(keyed(key, "\"0\""), body)
                .statusCode(200)
                .header("ETag", "\"2\"")
                .header("Idempotency-Replayed", "true")
                .body("bio", equalTo("another write"));
    }

    @Test
    void aKeyNamesOneRequest() {
        String key = UUID.randomUUID().toString();
        patch(keyed(key, "\"0\""), "{\"displayName\":\"Ada\"}").statusCode(200);
        problem(patch(keyed(key, "\"0\""), "{\"displayName\":\"Eve\"}"), 422, "idempotency_key_reused");
        problem(patch(keyed(key, "\"1\""), "{\"displayName\":\"Ada\"}"), 422, "idempotency_key_reused");
        put(keyed(key, "\"1\""), "{}").statusCode(200);
        TestIdentity.Login eve = TestIdentity.logIn();
        patch(as(eve).header("If-Match", "\"0\"").header("Idempotency-Key", key), "{}")
                .statusCode(200)
                .header("Idempotency-Replayed", nullValue());
    }

    /** Two writers may well ask the same thing: adding one to the same number. Only a key makes the second a repeat of the first. */
    @Test
    void theSameRequestWithoutAKeyIsAnotherWriter() {
        patch("\"0\"", "{\"preferences\":{\"n\":1}}").statusCode(200);
        problem(patch("\"0\"", "{\"preferences\":{\"n\":1}}"), 412, "precondition_failed");
    }

    @Test
    void everyViolationIsTold() {
        problem(
                        put(
                                "\"0\"",
                                "{\"handle\":\"No\",\"displayName\":\"" + "x".repeat(81)
                                        + "\",\"bio\":\"\\u0007\",\"avatar\":{\"mediaId\":\"x\"},\"preferences\":[]}"),
                        400,
                        "validation_failed")
                .body(
                        "violations.pointer",
                        hasItems("/handle", "/displayName", "/bio", "/avatar/mediaId", "/preferences"));
    }

    @Test
    void unknownMembersOfAPatchAreRefused() {
        problem(patch("\"0\"", "{\"nickname\":null}"), 400, "unknown_field")
                .body("violations.pointer", hasItems("/nickname"));
    }

    @Test
    void aPatchHasItsOwnMediaType() {
        problem(
                as(ada).contentType(ContentType.JSON)
                        .header("If-Match", "\"0\"")
                        .body("{}")
                        .patch(ME)
                        .then(),
                415,
                "unsupported_media_type");
        problem(
                as(ada).contentType(MERGE_PATCH)
                        .header("If-Match", "\"0\"")
                        .body("[]")
                        .patch(ME)
                        .then(),
                400,
                "malformed_json");
    }

    @Test
    void anUnchangedProfileIsNotSentAgain() {
        put("\"0\"", "{}");
        as(ada).header("If-None-Match", "\"1\"")
                .get(ME)
                .then()
                .statusCode(304)
                .header("ETag", "\"1\"")
                .body(equalTo(""));
        as(ada).header("If-None-Match", "\"0\"").get(ME).then().statusCode(200);
    }

    @Test
    void aHandleIsChosenChangedAndReserved() {
        String first = handle();
        String second = handle();
        patch("\"0\"", "{\"handle\":\"" + first + "\"}").statusCode(200).body("handle", equalTo(first));
        TestIdentity.Login eve = TestIdentity.logIn();
        problem(patch(as(eve).header("If-Match", "*"), "{\"handle\":\"" + first + "\"}"), 409, "handle_taken");
        patch("\"1\"", "{\"handle\":\"" + second + "\"}").statusCode(200).body("handle", equalTo(second));
        problem(patch(as(eve).header("If-Match", "*"), "{\"handle\":\"" + first + "\"}"), 409, "handle_taken");
        assertThat(redis.send(Command.PTTL, "drover:{handle:" + first + "}:claim")
                        .toLong())
                .isPositive();
        patch("\"2\"", "{\"handle\":\"" + first + "\"}").statusCode(200).body("handle", equalTo(first));
        assertThat(redis.send(Command.PTTL, "drover:{handle:" + first + "}:claim")
                        .toLong())
                .isNegative();
    }

    @Test
    void aRefusedHandleLeavesTheProfileAsItWas() {
        String taken = handle();
        patch("\"0\"", "{\"handle\":\"" + taken + "\"}");
        TestIdentity.Login eve = TestIdentity.logIn();
        problem(
                patch(as(eve).header("If-Match", "\"0\""), "{\"handle\":\"" + taken + "\",\"bio\":\"x\"}"),
                409,
                "handle_taken");
        as(eve).get(ME).then().header("ETag", "\"0\"").body("bio", equalTo(""));
    }

    @Test
    void tooManyHandlesSaysWhenTheNextIsPossible() {
        for (int i = 0; i <= 5; i++) {
            patch("*", "{\"handle\":\"" + handle() + "\"}").statusCode(200);
        }
        ValidatableResponse refused =
                problem(patch("*", "{\"handle\":\"" + handle() + "\"}"), 429, "handle_changes_exhausted");
        assertThat(Long.parseLong(refused.extract().header("Retry-After"))).isBetween(29L * 86_400, 30L * 86_400);
    }

    private static RequestSpecification as(TestIdentity.Login login) {
        return given().header("Authorization", login.bearer());
    }

    private RequestSpecification keyed(String key, String ifMatch) {
        return as(ada).header("If-Match", ifMatch).header("Idempotency-Key", key);
    }

    private ValidatableResponse put(String ifMatch, String body) {
        return put(as(ada).header("If-Match", ifMatch), body);
    }

    private static ValidatableResponse put(RequestSpecification request, String body) {
        return request.contentType(ContentType.JSON).body(body).put(ME).then();
    }

    private ValidatableResponse patch(String ifMatch, String body) {
        return patch(as(ada).header("If-Match", ifMatch), body);
    }

    private static ValidatableResponse patch(RequestSpecification request, String body) {
        return request.contentType(MERGE_PATCH)
                .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .patch(ME)
                .then();
    }

    private static String handle() {
        return "h_" + Ids.derive(UUID.randomUUID().toString());
    }
}
