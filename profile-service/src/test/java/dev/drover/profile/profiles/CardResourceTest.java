package dev.drover.profile.profiles;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class CardResourceTest {

    @Inject
    RedisCalls redis;

    private final TestIdentity.Login ada = TestIdentity.logIn();

    @Test
    void anyoneSeesTheCardAndNothingPrivate() {
        patch("{\"displayName\":\"Ada\",\"bio\":\"Counts.\",\"preferences\":{\"secret\":1}}");
        String card = given().get("/profiles/" + ada.sub())
                .then()
                .statusCode(200)
                .body("id", equalTo(ada.sub()))
                .body("handle", equalTo(ada.sub()))
                .body("displayName", equalTo("Ada"))
                .body("bio", equalTo("Counts."))
                .extract()
                .asString();
        assertThat(card).doesNotContain("preferences", "secret", "version");
    }

    @Test
    void anAccountThatNeverWroteAProfileHasACardToo() {
        redis.send(
                Command.HSET, "drover:{" + ada.sub() + "}:account", "email", "ada@example.org", "displayName", "Ada");
        given().get("/profiles/" + ada.sub()).then().statusCode(200).body("displayName", equalTo("Ada"));
    }

    @Test
    void aCardIsReadableRightAfterTheWrite() {
        for (int i = 0; i < 20; i++) {
            patch("{\"displayName\":\"name " + i + "\"}");
            given().get("/profiles/" + ada.sub()).then().body("displayName", equalTo("name " + i));
        }
    }

    /** Attacks P-2: what a reader computed before the write must not be what is read after it. */
    @Test
    void aCardIsCachedUntilTheWriteThatChangesIt() {
        patch("{\"displayName\":\"Ada\"}");
        String card = "drover:{" + ada.sub() + "}:card";
        given().get("/profiles/" + ada.sub()).then().body("displayName", equalTo("Ada"));
        assertThat(redis.send(Command.HGET, card, "value").toString()).contains("Ada");
        redis.send(
                Command.HSET,
                card,
                "value",
                "+{\"id\":\"" + ada.sub() + "\",\"handle\":\"h\",\"displayName\":\"cached\",\"bio\":\"\"}");
        given().get("/profiles/" + ada.sub()).then().body("displayName", equalTo("cached"));
        patch("{\"displayName\":\"Ada L\"}");
        assertThat(redis.send(Command.EXISTS, card).toInteger()).isZero();
        given().get("/profiles/" + ada.sub()).then().body("displayName", equalTo("Ada L"));
    }

    @Test
    void itLeadsToThePictureTheProfileShows() {
        String first = AvatarFile.of(ada.sub()).store(redis);
        String second = AvatarFile.of(ada.sub()).store(redis);
        for (String picture : List.of(first, second)) {
            patch("{\"avatar\":{\"mediaId\":\"" + picture + "\"}}");
            // The second time from the cache.
            for (int i = 0; i < 2; i++) {
                given().get("/profiles/" + ada.sub())
                        .then()
                        .body("avatar.mediaId", equalTo(picture))
                        .body("avatar.urls.size()", equalTo(2))
                        .body(
                                "avatar.urls.avatar64",
                                equalTo("http://localhost:8080/media/avatars/" + ada.sub() + "/" + picture
                                        + "/avatar64"));
            }
        }
    }

    @Test
    void itsTagTellsNothingOfPrivateChanges() {
        patch("{\"displayName\":\"Ada\"}");
        String tag = given().get("/profiles/" + ada.sub()).header("ETag");
        patch("{\"preferences\":{\"a\":1}}");
        given().header("If-None-Match", tag)
                .get("/profiles/" + ada.sub())
                .then()
                .statusCode(304);
        patch("{\"displayName\":\"Ada L\"}");
        given().header("If-None-Match", tag)
                .get("/profiles/" + ada.sub())
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"usr_nobody", "usr_", "med_a1111111111111111111111111", "USR_A", "x", "usr_a%7D:profile"})
    void nobodyIsAProblem(String id) {
        problem(given().urlEncodingEnabled(false).get("/profiles/" + id).then(), 404, "profile_not_found");
    }

    @Test
    void aSessionAloneIsNoAccount() {
        given().header("Authorization", ada.bearer()).get("/profiles/me").then().statusCode(200);
        problem(given().get("/profiles/" + ada.sub()).then(), 404, "profile_not_found");
    }

    private void patch(String body) {
        given().header("Authorization", ada.bearer())
                .header("If-Match", "*")
                .contentType(MyProfileResource.MERGE_PATCH)
                .body(body)
                .patch("/profiles/me")
                .then()
                .statusCode(200);
    }
}
