package dev.drover.profile.profiles;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class SearchResourceTest {

    @Inject
    RedisCalls redis;

    private final String prefix = "s" + Ids.derive(UUID.randomUUID().toString()).substring(0, 14) + "_";
    private final TestIdentity.Login ada = TestIdentity.logIn();

    @Test
    void pagesFollowOneAnotherInTheOrderOfHandles() {
        for (int i = 4; i >= 0; i--) {
            rename(TestIdentity.logIn(), prefix + i);
        }
        List<String> found = new ArrayList<>();
        String target = "/profiles?query=" + prefix + "&limit=2";
        int pages = 0;
        while (target != null) {
            Response page = get(target);
            found.addAll(page.jsonPath().getList("items.handle", String.class));
            String link = page.header("Link");
            target = link == null ? null : link.substring(1, link.indexOf('>'));
            pages++;
        }
        assertThat(found).containsExactly(prefix + 0, prefix + 1, prefix + 2, prefix + 3, prefix + 4);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void aHandleThatWasLeftIsNotFoundAndNothingPrivateIsShown() {
        rename(ada, prefix + "a");
        rename(ada, prefix + "b");
        Response page = get("/profiles?query=" + prefix);
        assertThat(page.jsonPath().getList("items.handle", String.class)).containsExactly(prefix + "b");
        assertThat(page.asString()).doesNotContain("preferences", "version", "nextCursor");
        assertThat(redis.send(Command.ZRANGE, "drover:{handles}:index", "[" + prefix, "(" + prefix + "~", "BYLEX")
                        .size())
                .isOne();
    }

    @Test
    void entriesNoProfileShowsAreLeftOutAndDoNotEndTheSearch() {
        for (int i = 0; i < 20; i++) {
            redis.send(
                    Command.ZADD, "drover:{handles}:index", "0", prefix + "a!" + ada.sub() + "!" + (1000000000L + i));
        }
        rename(ada, prefix + "b");
        List<String> found = new ArrayList<>();
        String target = "/profiles?query=" + prefix + "&limit=2";
        while (target != null) {
            Response page = get(target);
            found.addAll(page.jsonPath().getList("items.handle", String.class));
            String link = page.header("Link");
            target = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        assertThat(found).containsExactly(prefix + "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?query=", "?query=A", "?query=a%20b", "?query=a&limit=0", "?query=a&cursor=x"})
    void whatIsNoQueryIsNamed(String query) {
        problem(
                given().urlEncodingEnabled(false)
                        .header("Authorization", ada.bearer())
                        .get("/profiles" + query)
                        .then(),
                400,
                "validation_failed");
    }

    private Response get(String target) {
        Response response = given().urlEncodingEnabled(false)
                .header("Authorization", ada.bearer())
                .get(target);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response;
    }

    private static void rename(TestIdentity.Login who, String handle) {
        given().header("Authorization", who.bearer())
                .header("If-Match", "*")
                .contentType(MyProfileResource.MERGE_PATCH)
                .body("{\"handle\":\"" + handle + "\"}")
                .patch("/profiles/me")
                .then()
                .statusCode(200);
    }
}
