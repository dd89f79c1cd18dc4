package dev.drover.realtime.room;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelConfig;
import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.room.Rooms.Change;
import dev.drover.realtime.room.Rooms.Role;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;
import dev.drover.testing.TestIdentity.Login;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class RoomResourceTest {

    @Inject
    RoomStore store;

    @Inject
    RedisCalls redis;

    @Inject
    ChannelConfig channels;

    private final Login alice = TestIdentity.logIn();
    private final Login bob = TestIdentity.logIn();
    private final Login carol = TestIdentity.logIn();
    private final String room = "room:" + UUID.randomUUID();

    @Test
    void whoeverEntersARoomNobodyIsInOwnsItAndLetsOthersIn() {
        HttpContract.problem(publish(alice), 403, "channel_forbidden");
        put(alice, alice, "member").statusCode(200).body("role", equalTo("owner"));
        publish(alice).statusCode(201);
        HttpContract.problem(publish(bob), 403, "channel_forbidden");
        HttpContract.problem(put(bob, bob, "member"), 403, "channel_forbidden");

        put(alice, bob, "member").statusCode(200);
        publish(bob).statusCode(201);
        HttpContract.problem(put(bob, carol, "member"), 403, "channel_forbidden");
        as(bob).get(members()).then().statusCode(200).body("members.size()", equalTo(2));
        HttpContract.problem(as(carol).get(members()).then(), 403, "channel_forbidden");
    }

    @Test
    void aChannelInsideARoomIsItsMembers() {
        put(alice, alice, "owner").statusCode(200);
        as(alice).get("/realtime/channels/" + room + ":typing/messages").then().statusCode(200);
        HttpContract.problem(
                as(bob).get("/realtime/channels/" + room + ":typing/messages").then(), 403, "channel_forbidden");
        HttpContract.problem(
                as(bob).get("/realtime/channels/presence:" + room + "/messages").then(), 403, "channel_forbidden");
        HttpContract.problem(
                as(alice)
                        .contentType("application/json")
                        .body("{\"role\":\"member\"}")
                        .put("/realtime/channels/" + room + ":typing/members/" + bob.sub())
                        .then(),
                403,
                "channel_forbidden");
    }

    @Test
    void membersLeaveAndTheLastOwnerStays() {
        put(alice, alice, "owner").statusCode(200);
        put(alice, bob, "member").statusCode(200);
        HttpContract.problem(remove(bob, alice), 403, "channel_forbidden");
        HttpContract.problem(remove(alice, alice), 409, "last_owner");
        HttpContract.problem(put(alice, alice, "member"), 409, "last_owner");
        put(alice, bob, "owner").statusCode(200);
        remove(alice, alice).statusCode(204);
        HttpContract.problem(publish(alice), 403, "channel_forbidden");
        as(bob).get(members())
                .then()
                .statusCode(200)
                .body("members.sub", contains(bob.sub()))
                .body("members.role", contains("owner"));
        remove(bob, carol).statusCode(204);
    }

    @Test
    void everybodySeesTheRoomsTheyBelongTo() {
        put(alice, alice, "owner").statusCode(200);
        put(alice, bob, "member").statusCode(200);
        HttpContract.problem(put(carol, carol, "member"), 403, "channel_forbidden");
        rooms(alice).body("items.channel", contains(room)).body("items.role", contains("owner"));
        rooms(bob).body("items.channel", contains(room)).body("items.role", contains("member"));
        rooms(carol).body("items", empty());
        remove(bob, bob).statusCode(204);
        rooms(bob).body("items", empty());
    }

    @Test
    void anOwnerEndsTheRoomForAllAndNobodyEntersItAgain() {
        put(alice, alice, "owner").statusCode(200);
        put(alice, bob, "member").statusCode(200);
        publish(alice).statusCode(201);
        HttpContract.problem(end(bob), 403, "channel_forbidden");
        HttpContract.problem(end(carol), 403, "channel_forbidden");

        end(alice).statusCode(204);
        end(alice).statusCode(204);

        HttpContract.problem(publish(alice), 403, "channel_forbidden");
        HttpContract.problem(put(alice, alice, "owner"), 409, "room_ended");
        HttpContract.problem(put(carol, carol, "owner"), 409, "room_ended");
        HttpContract.problem(
                as(carol).get("/realtime/channels/" + room + ":typing/messages").then(), 403, "channel_forbidden");
        rooms(alice).body("items", empty());
        rooms(bob).body("items", empty());
    }

    @Test
    void anAccountBelongsToSoManyRoomsAndNoMore() {
        RoomStore few = new RedisRoomStore(redis, few(), channels, Clock.systemUTC());
        Rooms rooms = new Rooms(few);
        String sub = "usr_" + UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            assertThat(rooms.put(new ChannelName(room + i), sub, sub, Role.OWNER))
                    .isEqualTo(Change.CREATED);
        }
        assertThat(rooms.put(new ChannelName(room), sub, sub, Role.OWNER)).isEqualTo(Change.TOO_MANY_ROOMS);
        assertThat(rooms.of(sub)).hasSize(3);
        rooms.end(new ChannelName(room + 1), sub);
        redis.send(Command.ZADD, ChannelKeys.roomsOf(sub), "1", room + 1);
        assertThat(rooms.put(new ChannelName(room), sub, sub, Role.OWNER)).isEqualTo(Change.CREATED);
    }

    private static RealtimeConfig few() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(RealtimeConfig.class)
                .withDefaultValue("drover.realtime.rooms-per-account-max", "3")
                .build()
                .getConfigMapping(RealtimeConfig.class);
    }

    private ValidatableResponse rooms(Login by) {
        return as(by).get("/realtime/rooms").then().statusCode(200);
    }

    private ValidatableResponse end(Login by) {
        return as(by).delete("/realtime/rooms/" + room).then();
    }

    @Test
    void whatIsNoRoomHasNoMembers() {
        for (String channel : List.of("public:hall", "user:" + alice.sub() + ":x", "x", "room:a:b")) {
            HttpContract.problem(
                    as(alice)
                            .contentType("application/json")
                            .body("{\"role\":\"owner\"}")
                            .put("/realtime/channels/" + channel + "/members/" + alice.sub())
                            .then(),
                    403,
                    "channel_forbidden");
        }
        HttpContract.problem(put(alice, alice, "king"), 400, "validation_failed");
    }

    @Test
    void whatIsNoIdOfAnAccountIsNoMember() {
        put(alice, alice, "owner").statusCode(200);
        for (String nobody : List.of("usr_nope", "ses_" + alice.sub().substring(4), alice.sub() + "0", "USR_X")) {
            HttpContract.problem(
                    as(alice)
                            .contentType("application/json")
                            .body("{\"role\":\"member\"}")
                            .put(members() + "/" + nobody)
                            .then(),
                    400,
                    "validation_failed");
            as(alice).delete(members() + "/" + nobody).then().statusCode(204);
        }
        as(alice).get(members()).then().statusCode(200).body("members.sub", contains(alice.sub()));
    }

    /** of those who enter at once one owns the room, and the others are not in it. */
    @Test
    void ofManyWhoEnterAtOnceOneOwnsTheRoom() throws Exception {
        ChannelName name = new ChannelName(room);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Change>> racing = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String who = "usr_" + i;
                racing.add(threads.submit(() -> store.change(name, who, who, Optional.of(Role.OWNER))));
            }
            List<Change> changes = new ArrayList<>();
            for (Future<Change> one : racing) {
                changes.add(one.get());
            }
            assertThat(changes).filteredOn(Change.CREATED::equals).hasSize(1);
            assertThat(changes).filteredOn(Change.FORBIDDEN::equals).hasSize(15);
            assertThat(store.members(name)).hasSize(1).containsValue(Role.OWNER);
        }
    }

    @Test
    void aRepeatChangesNothingAndARoomHasItsBound() {
        ChannelName name = new ChannelName(room);
        assertThat(change(name, "a", "a")).isEqualTo(Change.CREATED);
        assertThat(store.change(name, "a", "b", Optional.empty())).isEqualTo(Change.UNCHANGED);
        assertThat(change(name, "a", "b")).isEqualTo(Change.CHANGED);
        assertThat(change(name, "a", "b")).isEqualTo(Change.UNCHANGED);
        assertThat(change(name, "b", "b")).isEqualTo(Change.UNCHANGED);
        for (int i = 2; i < 1_000; i++) {
            change(name, "a", "m" + i);
        }
        assertThat(change(name, "a", "one-too-many")).isEqualTo(Change.FULL);
        assertThat(store.change(name, "b", "b", Optional.empty())).isEqualTo(Change.REMOVED);
        assertThat(change(name, "a", "one-too-many")).isEqualTo(Change.CHANGED);
    }

    private Change change(ChannelName name, String by, String sub) {
        return store.change(name, by, sub, Optional.of(Role.MEMBER));
    }

    private String members() {
        return "/realtime/channels/" + room + "/members";
    }

    private ValidatableResponse put(Login by, Login who, String role) {
        return as(by).contentType("application/json")
                .body("{\"role\":\"" + role + "\"}")
                .put(members() + "/" + who.sub())
                .then();
    }

    private ValidatableResponse remove(Login by, Login who) {
        return as(by).delete(members() + "/" + who.sub()).then();
    }

    private ValidatableResponse publish(Login by) {
        return as(by).contentType("application/json")
                .body("{\"data\":1}")
                .post("/realtime/channels/" + room + "/messages")
                .then();
    }

    private static RequestSpecification as(Login login) {
        return given().header("Authorization", login.bearer());
    }
}
