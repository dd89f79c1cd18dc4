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

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

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
    private final ProfileWriter writer = new ProfileWriter(ada);

    @Test
    void aNewAccountHasAProfileThatIsStoredNowhere() {
        writer.request()
                .get(ME)
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
        writer.request()
                .get(ME)
                .then()
                .body("displayName", equalTo("Ada"))
                .body("updatedAt", equalTo("2026-01-02T03:04:05Z"));
        writer.patch("\"0\"", "{\"bio\":\"Counts.\"}").statusCode(200).body("displayName", equalTo("Ada"));
        writer.request().get(ME).then().body("displayName", equalTo("Ada")).body("version", equalTo(1));
    }

    @Test
    void whatIsPutIsReadBackByTokenAndByCookie() {
        String avatar = AvatarFile.of(ada.sub()).store(redis);
        writer.put(
                        "\"0\"",
                        "{\"displayName\":\"Ada\",\"bio\":\"one\\ntwo\",\"avatar\":{\"mediaId\":\"" + avatar
                                + "\"},\"preferences\":{\"n\":1.50}}")
                .statusCode(200)
                .header("ETag", "\"1\"");
        String byToken = writer.request()
                .get(ME)
                .then()
                .header("ETag", "\"1\"")
                .extract()
                .asString();
        String byCookie = given().header("Cookie", ada.cookieHeader()).get(ME).asString();
        String picture = "http://localhost:8080/media/avatars/" + ada.sub() + "/" + avatar;
        assertThat(byCookie)
                .isEqualTo(byToken)
                .contains(
                        "\"preferences\":{\"n\":1.50}",
                        "\"avatar\":{\"mediaId\":\"" + avatar + "\",\"urls\":{\"avatar256\":\"" + picture
                                + "/avatar256\",\"avatar64\":\"" + picture + "/avatar64\"}}");
        writer.put("\"1\"", byToken).statusCode(200).header("ETag", "\"2\"");
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
            problem(writer.patch("\"0\"", "{\"avatar\":{\"mediaId\":\"" + file + "\"}}"), 409, "avatar_unusable");
        }
        String own = AvatarFile.of(ada.sub()).store(redis);
        writer.patch("\"0\"", "{\"avatar\":{\"mediaId\":\"" + own + "\"}}").statusCode(200);
        redis.send(Command.DEL, AvatarFile.key(own));
        writer.patch("\"1\"", "{\"bio\":\"One that is kept is not asked for again.\"}")
                .statusCode(200);
    }

    @Test
    void aWriteThatIsNotAdmittedChangesNothing() {
        writer.put("\"0\"", "{\"bio\":\"Counts.\"}").statusCode(200);
        given().header("Cookie", ada.cookieHeader()).get(ME).then().statusCode(200);
        String handle = "late-" + ada.sub().substring(4, 12);
        String change = "{\"handle\":\"" + handle + "\"}";
        ada.revoke();

        problem(writer.patch("\"1\"", change), 401, "session_revoked");
        problem(writer.patch("*", change), 401, "session_revoked");
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
        writer.put("\"0\"", "{\"displayName\":\"Ada\",\"bio\":\"Counts.\",\"preferences\":{\"a\":1,\"b\":2}}");
        writer.patch("\"1\"", "{\"bio\":null,\"preferences\":{\"a\":null,\"c\":3}}")
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("displayName", equalTo("Ada"))
                .body("bio", equalTo(""))
                .body("preferences", equalTo(Map.of("b", 2, "c", 3)));
    }

    @Test
    void updatedAtIsTheTimeOfTheWrite() {
        Instant before = Instant.now().minusSeconds(2);
        String at = writer.put("\"0\"", "{}").extract().path("updatedAt");
        assertThat(Instant.parse(at)).isBetween(before, before.plusSeconds(12));
    }

    @Test
    void everyViolationIsTold() {
        problem(
                        writer.put(
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
        problem(writer.patch("\"0\"", "{\"nickname\":null}"), 400, "unknown_field")
                .body("violations.pointer", hasItems("/nickname"));
    }

    @Test
    void aPatchHasItsOwnMediaType() {
        problem(
                writer.request()
                        .contentType(ContentType.JSON)
                        .header("If-Match", "\"0\"")
                        .body("{}")
                        .patch(ME)
                        .then(),
                415,
                "unsupported_media_type");
        problem(
                writer.request()
                        .contentType(MERGE_PATCH)
                        .header("If-Match", "\"0\"")
                        .body("[]")
                        .patch(ME)
                        .then(),
                400,
                "validation_failed");
    }

    @Test
    void anUnchangedProfileIsNotSentAgain() {
        writer.put("\"0\"", "{}");
        writer.request()
                .header("If-None-Match", "\"1\"")
                .get(ME)
                .then()
                .statusCode(304)
                .header("ETag", "\"1\"")
                .body(equalTo(""));
        writer.request().header("If-None-Match", "\"0\"").get(ME).then().statusCode(200);
    }
}
