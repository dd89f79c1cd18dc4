package dev.drover.realtime.connection;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.redis.client.Command;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelLog;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.realtime.connection.ConnectionStore.Changes;
import dev.drover.realtime.socket.LiveSocket;
import dev.drover.testing.Eventually;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ConnectionResourceTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    ConnectionStore store;

    @Inject
    RedisCalls redis;

    @Inject
    ChannelLog log;

    private final TestIdentity.Login admin = TestIdentity.withRoles(Roles.ADMIN);
    private final TestIdentity.Login alice = TestIdentity.logIn();

    @Test
    void anAdminSeesTheSocketsOfAnAccountAndEndsOneOfThem() {
        try (LiveSocket one = LiveSocket.of(port, alice);
                LiveSocket two = LiveSocket.of(port, alice)) {
            Eventually.within(SOON).untilAsserted(() -> assertThat(idsOf(alice)).hasSize(2));
            as(admin)
                    .get("/realtime/connections?sub=" + alice.sub())
                    .then()
                    .statusCode(200)
                    .body("connections[0].instance", equalTo("test-instance"))
                    .body("connections[0].sub", equalTo(alice.sub()))
                    .body("connections[0].sessionId", equalTo(alice.sid()))
                    .body("connections[0].since", matchesPattern("[^.]+(\\.\\d{3})?Z"));
            as(admin)
                    .delete("/realtime/connections/" + idsOf(alice).getFirst())
                    .then()
                    .statusCode(202);
            Eventually.within(SOON).untilAsserted(() -> assertThat(idsOf(alice)).hasSize(1));

            as(admin).delete("/realtime/connections?sub=" + alice.sub()).then().statusCode(202);
            assertThat(one.closeCode()).isEqualTo(4004);
            assertThat(two.closeCode()).isEqualTo(4004);
            Eventually.within(SOON).untilAsserted(() -> assertThat(idsOf(alice)).isEmpty());
        }
    }

    @Test
    void allSocketsAreListedPageByPage() {
        String holder = "zz-elsewhere~" + UUID.randomUUID();
        List<OpenConnection> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(new OpenConnection(holder + "~" + i, "usr_x", "ses_x", Instant.parse("2026-01-01T00:00:00Z")));
        }
        store.enlist(holder);
        assertThat(store.report(holder, true, new Changes(held, List.of(), Map.of())))
                .contains(List.of());

        List<String> seen = new ArrayList<>();
        String target = "/realtime/connections?limit=2";
        while (target != null) {
            var page = as(admin).get(target).then().statusCode(200).extract();
            seen.addAll(page.path("connections.id"));
            String next = page.path("nextCursor");
            String link = page.header("Link");
            assertThat(link)
                    .isEqualTo(
                            next == null ? null : "</realtime/connections?limit=2&cursor=" + next + ">; rel=\"next\"");
            target = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        assertThat(seen)
                .containsAll(held.stream().map(OpenConnection::id).toList())
                .doesNotHaveDuplicates()
                .isSorted();
        store.strikeOff(holder);
        assertThat(store.ofInstance(holder, "", 10)).isEmpty();
    }

    @Test
    void nobodyElseMayLookAfterSockets() {
        HttpContract.problem(as(alice).get("/realtime/connections").then(), 403, "forbidden");
        HttpContract.problem(
                as(alice).delete("/realtime/connections?sub=" + alice.sub()).then(), 403, "forbidden");
        HttpContract.problem(
                as(alice).get("/realtime/channels/public:x/statistics").then(), 403, "forbidden");
        HttpContract.problem(
                as(admin).delete("/realtime/connections/nowhere~1~2").then(), 404, "not_found");
        HttpContract.problem(as(admin).delete("/realtime/connections").then(), 400, "validation_failed");
    }

    @Test
    void aChannelsFiguresAreThoseOfAllInstances() {
        ChannelName channel = new ChannelName("public:" + UUID.randomUUID());
        as(admin)
                .get("/realtime/channels/" + channel + "/statistics")
                .then()
                .statusCode(200)
                .body("subscribers", equalTo(0))
                .body("messages", equalTo(0));
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            socket.subscribe(channel.value());
            for (int i = 0; i < 3; i++) {
                log.append(channel, "m" + i, "\"1234\"", "system", Duration.ofMinutes(1));
            }
            Eventually.within(SOON).untilAsserted(() -> as(admin)
                    .get("/realtime/channels/" + channel + "/statistics")
                    .then()
                    .statusCode(200)
                    .body("offset", equalTo(3))
                    .body("subscribers", equalTo(1))
                    .body("present", equalTo(1))
                    .body("messagesPerMinute", greaterThan(0))
                    .body("messages", equalTo(3))
                    .body("bytes", equalTo(18))
                    .body("oldestAt", notNullValue()));
        }
    }

    /** */
    @Test
    void anAccountHasSoManySocketsOverAllInstancesAndThoseOfADeadOneDoNotCount() {
        List<String> both = List.of("a~1", "b~1");
        for (int i = 0; i < 25; i++) {
            assertThat(store.admit(alice.sub(), "a~1~" + i, both)).isTrue();
            assertThat(store.admit(alice.sub(), "b~1~" + i, both)).isTrue();
        }
        assertThat(store.admit(alice.sub(), "a~1~0", both)).as("a repeat").isTrue();
        assertThat(store.admit(alice.sub(), "a~1~25", both)).isFalse();
        assertThat(store.admit(alice.sub(), "a~1~25", List.of("a~1")))
                .as("b may have just begun")
                .isFalse();

        for (int i = 0; i < 25; i++) {
            redis.send(Command.ZADD, ConnectionKeys.open(alice.sub()), "1", "b~1~" + i);
        }
        assertThat(store.admit(alice.sub(), "a~1~25", List.of("a~1"))).isTrue();
        store.release(alice.sub(), "a~1~25");
        assertThat(redis.send(Command.ZCARD, ConnectionKeys.open(alice.sub())).toInteger())
                .isEqualTo(25);
    }

    @Test
    void aSocketTooManyIsToldSo() {
        String other = "other~" + UUID.randomUUID();
        for (int i = 0; i < 50; i++) {
            assertThat(store.admit(alice.sub(), other + "~" + i, List.of(other)))
                    .isTrue();
        }
        try (LiveSocket socket = LiveSocket.open(port)) {
            socket.send("{\"type\":\"auth\",\"token\":\"" + alice.token() + "\"}")
                    .nextError("too_many_connections");
            assertThat(socket.closeCode()).isEqualTo(4010);
        }
    }

    @Test
    void anInstanceWhoseWordRanOutSaysEverythingAgainAndOrdersAreBounded() {
        String holder = "lost~" + UUID.randomUUID();
        Changes nothing = new Changes(List.of(), List.of(), Map.of());
        assertThat(store.report(holder, false, nothing)).isEmpty();
        assertThat(store.report(holder, true, nothing)).isPresent();
        for (int i = 0; i < 256; i++) {
            assertThat(store.give(holder, new Order.EndAccount("usr_" + i))).isTrue();
        }
        assertThat(store.give(holder, new Order.EndAccount("usr_x"))).isFalse();
        assertThat(store.report(holder, false, nothing).orElseThrow())
                .hasSize(256)
                .startsWith("account usr_0");
        assertThat(store.report(holder, false, nothing).orElseThrow()).isEmpty();
    }

    private List<String> idsOf(TestIdentity.Login login) {
        return as(admin)
                .get("/realtime/connections?sub=" + login.sub())
                .then()
                .statusCode(200)
                .extract()
                .path("connections.id");
    }

    private static RequestSpecification as(TestIdentity.Login login) {
        return given().header("Authorization", login.bearer());
    }
}
