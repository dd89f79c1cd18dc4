package dev.drover.profile.profiles;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class PreferencesResourceTest {

    private static final String PREFERENCES = "/profiles/me/preferences";

    private final TestIdentity.Login ada = TestIdentity.logIn();

    @Test
    void thereAreNoneAtFirst() {
        ada().get(PREFERENCES)
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .header("ETag", "\"0\"")
                .body(equalTo("{}"));
    }

    @Test
    void theyAreKeptAsTheyCame() {
        String json = "{\"z\":1.500,\"a\":[null,{\"b\":\"\u00e9\"}],\"big\":123456789012345678901234567890}";
        put("\"0\"", json).statusCode(200).header("ETag", "\"1\"").body(equalTo(json));
        ada().get(PREFERENCES).then().header("ETag", "\"1\"").body(equalTo(json));
        assertThat(ada().get("/profiles/me").asString()).contains("\"preferences\":" + json);
    }

    @Test
    void theirVersionIsTheProfiles() {
        put("\"0\"", "{\"a\":1}").statusCode(200);
        ada().header("If-Match", "\"1\"")
                .contentType(MyProfileResource.MERGE_PATCH)
                .body("{\"bio\":\"Counts.\"}")
                .patch("/profiles/me")
                .then()
                .statusCode(200);
        problem(put("\"1\"", "{\"a\":2}"), 412, "precondition_failed");
        put("\"2\"", "{\"a\":2}").statusCode(200);
        ada().get("/profiles/me").then().body("bio", equalTo("Counts.")).body("preferences.a", equalTo(2));
    }

    @Test
    void aWriteWithoutIfMatchIsRefused() {
        problem(ada().contentType(ContentType.JSON).body("{}").put(PREFERENCES).then(), 428, "precondition_required");
    }

    @Test
    void theyAreBoundedInSizeAndDepth() {
        problem(put("*", "{\"a\":\"" + "x".repeat(16 * 1024) + "\"}"), 400, "validation_failed")
                .body("violations.pointer", hasItem(""));
        problem(put("*", "{\"a\":".repeat(9) + "1" + "}".repeat(9)), 400, "validation_failed");
        problem(put("*", "{\"a\":".repeat(5_000)), 400, "malformed_json");
        problem(put("*", "{\"a\":\"\\ud800\"}"), 400, "validation_failed");
    }

    @Test
    void unchangedOnesAreNotSentAgain() {
        ada().header("If-None-Match", "\"0\"").get(PREFERENCES).then().statusCode(304);
    }

    private ValidatableResponse put(String ifMatch, String body) {
        return ada().header("If-Match", ifMatch)
                .contentType("application/json; charset=UTF-8")
                .body(body)
                .put(PREFERENCES)
                .then();
    }

    private RequestSpecification ada() {
        return given().header("Authorization", ada.bearer());
    }
}
