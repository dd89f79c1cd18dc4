package dev.drover.realtime.socket;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.platform.idempotency.Ids;
import dev.drover.testing.Eventually;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class PresenceSocketTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final TestIdentity.Login alice = accountBeginning("a");
    private final TestIdentity.Login bob = accountBeginning("b");
    private final String channel = "public:" + UUID.randomUUID();

    @Test
    void whoFollowsIsPresentWithTheNumberOfTheirSocketsAndGoneSomeTimeAfterTheLastOne() {
        try (LiveSocket watcher = LiveSocket.of(port, alice)) {
            watcher.subscribe("presence:" + channel);
            try (LiveSocket one = LiveSocket.of(port, alice);
                    LiveSocket two = LiveSocket.of(port, bob);
                    LiveSocket three = LiveSocket.of(port, bob)) {
                one.subscribe(channel);
                two.subscribe(channel);
                three.subscribe(channel);
                Eventually.within(SOON).untilAsserted(() -> assertThat(present())
                        .isEqualTo(new JsonArray().add(member(alice, 1)).add(member(bob, 2))));
                one.send(new JsonObject()
                        .put("type", "presence")
                        .put("channel", channel)
                        .put("limit", 1));
                JsonObject page = one.next("presence");
                assertThat(page.getLong("total")).isEqualTo(2);
                assertThat(page.getJsonArray("members")).isEqualTo(new JsonArray().add(member(alice, 1)));
                assertThat(page.getString("next")).isEqualTo(alice.sub());
                pagesFollowOneAnotherByTheirLinks();
                two.send(new JsonObject().put("type", "unsubscribe").put("channel", channel));
            }
            Eventually.within(SOON).untilAsserted(() -> assertThat(present()).isEmpty());
            JsonObject seen = new JsonObject();
            while (seen.getInteger("members", -1) != 0) {
                JsonObject message = watcher.next("message");
                assertThat(message.getString("from")).isEqualTo("system");
                seen = message.getJsonObject("data");
            }
            assertThat(seen.getJsonArray("left")).isNotEmpty();
        }
    }

    private void pagesFollowOneAnotherByTheirLinks() {
        List<String> seen = new ArrayList<>();
        String target = "/realtime/channels/" + channel + "/presence?limit=1";
        while (target != null) {
            Response page = given().header("Authorization", alice.bearer()).get(target);
            page.then().statusCode(200).body("total", equalTo(2));
            seen.addAll(page.path("members.sub"));
            String link = page.header("Link");
            assertThat(link == null).isEqualTo(page.path("nextCursor") == null);
            target = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        assertThat(seen).containsExactly(alice.sub(), bob.sub());
    }

    @Test
    void whoHasJustBegunToFollowFindsItself() {
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            for (int i = 0; i < 5; i++) {
                String fresh = channel + ":" + i;
                socket.subscribe(fresh);
                socket.send(new JsonObject().put("type", "presence").put("channel", fresh));
                JsonObject page = socket.next("presence");
                assertThat(page.getLong("total")).isOne();
                assertThat(page.getJsonArray("members")).isEqualTo(new JsonArray().add(member(alice, 1)));
            }
        }
    }

    @Test
    void presenceIsForThoseWhoMaySeeIt() {
        String others = "user:" + alice.sub() + ":devices";
        try (LiveSocket socket = LiveSocket.of(port, bob)) {
            for (String frame : new String[] {
                "{\"type\":\"presence\",\"channel\":\"%s\"}",
                "{\"type\":\"subscribe\",\"channel\":\"presence:%s\"}",
                "{\"type\":\"publish\",\"channel\":\"presence:%s\",\"id\":\"x\",\"data\":1}"
            }) {
                socket.send(frame.formatted(others)).nextError("channel_forbidden");
            }
            socket.send("{\"type\":\"publish\",\"channel\":\"presence:%s\",\"id\":\"x\",\"data\":1}".formatted(channel))
                    .nextError("channel_forbidden");
            socket.send("{\"type\":\"presence\",\"channel\":\"presence:%s\"}".formatted(channel))
                    .nextError("channel_forbidden");
            socket.send("{\"type\":\"presence\",\"channel\":\"%s\",\"limit\":0}".formatted(channel))
                    .nextError("validation_failed");
        }
        HttpContract.problem(
                given().header("Authorization", bob.bearer())
                        .get("/realtime/channels/" + others + "/presence")
                        .then(),
                403,
                "channel_forbidden");
    }

    @Test
    void whoHasToLeaveARoomFollowsItNoMore() {
        String room = "room:" + UUID.randomUUID();
        put(room, alice);
        put(room, bob);
        try (LiveSocket socket = LiveSocket.of(port, bob)) {
            socket.subscribe(room);
            socket.subscribe(room + ":typing");
            socket.subscribe("public:" + UUID.randomUUID());
            given().header("Authorization", alice.bearer())
                    .delete("/realtime/channels/" + room + "/members/" + bob.sub())
                    .then()
                    .statusCode(204);
            assertThat(socket.nextError("channel_forbidden").getString("channel"))
                    .startsWith(room);
            assertThat(socket.nextError("channel_forbidden").getString("channel"))
                    .startsWith(room);
            socket.hasNothingElse();
        }
    }

    private void put(String room, TestIdentity.Login who) {
        given().header("Authorization", alice.bearer())
                .contentType("application/json")
                .body("{\"role\":\"member\"}")
                .put("/realtime/channels/" + room + "/members/" + who.sub())
                .then()
                .statusCode(200);
    }

    private JsonArray present() {
        return new JsonObject(given().header("Authorization", alice.bearer())
                        .get("/realtime/channels/" + channel + "/presence")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .getJsonArray("members");
    }

    private static TestIdentity.Login accountBeginning(String letter) {
        return TestIdentity.logIn(
                "usr_" + letter + Ids.derive(UUID.randomUUID().toString()).substring(1));
    }

    private static JsonObject member(TestIdentity.Login who, int connections) {
        return new JsonObject().put("sub", who.sub()).put("connections", connections);
    }
}
