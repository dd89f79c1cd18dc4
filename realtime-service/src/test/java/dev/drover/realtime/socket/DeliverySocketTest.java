package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelLog;
import dev.drover.platform.channels.ChannelName;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RedisNodes;
import dev.drover.testing.TestIdentity;

/** Messages over a socket: each once, in order, and on from where it was. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class DeliverySocketTest {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    ChannelLog log;

    private final TestIdentity.Login alice = TestIdentity.logIn();
    private final String room = "public:" + UUID.randomUUID();

    @Test
    void aMessageReachesEverySubscriberWithItsPosition() {
        TestIdentity.Login bob = TestIdentity.logIn();
        try (LiveSocket one = LiveSocket.of(port, alice);
                LiveSocket two = LiveSocket.of(port, bob)) {
            JsonObject at = one.subscribe(room);
            two.subscribe(room);

            two.send(publishFrame("m1", new JsonObject().put("text", "hej \u00e5 \ud83d\ude00")));

            JsonObject got = one.next("message");
            assertThat(got.getString("channel")).isEqualTo(room);
            assertThat(got.getString("epoch")).isEqualTo(at.getString("epoch"));
            assertThat(got.getLong("offset")).isEqualTo(1);
            assertThat(got.getString("id")).isEqualTo("m1");
            assertThat(got.getJsonObject("data").getString("text")).isEqualTo("hej \u00e5 \ud83d\ude00");
            assertThat(got.getString("from")).isEqualTo(bob.sub());
            one.hasNothingElse();
        }
    }

    @Test
    void aPublishedFrameNamesThePositionAndARepeatTheSame() {
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            JsonObject first = socket.publish(room, "m1", 1);
            JsonObject again = socket.publish(room, "m1", 1);
            assertThat(first.getLong("offset")).isEqualTo(1);
            assertThat(first.getBoolean("duplicate")).isFalse();
            assertThat(again.getLong("offset")).isEqualTo(1);
            assertThat(again.getString("epoch")).isEqualTo(first.getString("epoch"));
            assertThat(again.getBoolean("duplicate")).isTrue();
            socket.send(publishFrame("m1", "other"));
            assertThat(socket.nextError("message_id_reused").getString("id")).isEqualTo("m1");
        }
    }

    @Test
    void whoPublishesTooMuchIsToldWhenToGoOnAndKeepsTheSocket() {
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            for (int i = 1; i <= 100; i++) {
                socket.publish(room, "m" + i, i);
            }
            socket.send(publishFrame("m101", "one too many"));

            JsonObject refused = socket.nextError("rate_limited");
            assertThat(refused.getString("id")).isEqualTo("m101");
            assertThat(refused.getLong("retryAfterMs")).isBetween(1L, 36_000L);
            socket.send(new JsonObject().put("type", "ping")).next("pong");
        }
        // The quota is the account's, not the socket's.
        try (LiveSocket another = LiveSocket.of(port, alice)) {
            another.send(publishFrame("m101", "still too many")).nextError("rate_limited");
        }
    }

    @Test
    void whoResumesGetsWhatWasMissedAndThenWhatIsNew() {
        String epoch;
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            epoch = socket.subscribe(room).getString("epoch");
            socket.publish(room, "m1", 1);
        }
        append("m2", "m3");
        try (LiveSocket back = LiveSocket.of(port, alice)) {
            JsonObject recovered = back.resume(room, epoch, 1).next("recovered");
            assertThat(recovered.getLong("from")).isEqualTo(1);
            assertThat(recovered.getLong("offset")).isEqualTo(3);
            assertThat(recovered.getInteger("messages")).isEqualTo(2);
            assertThat(back.next("message").getString("id")).isEqualTo("m2");
            assertThat(back.next("message").getString("id")).isEqualTo("m3");
            append("m4");
            assertThat(back.next("message").getLong("offset")).isEqualTo(4);
            back.hasNothingElse();
        }
    }

    @Test
    void whoMissedNothingIsToldSo() {
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            String epoch = socket.publish(room, "m1", 1).getString("epoch");
            assertThat(socket.resume(room, epoch, 1).next("recovered").getInteger("messages"))
                    .isZero();
        }
    }

    @Test
    void aPositionOfAnotherEpochIsAGap() {
        append("m1", "m2");
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            JsonObject gap = socket.resume(room, "elsewhen", 1).next("gap");
            assertThat(gap.getString("reason")).isEqualTo("epoch_changed");
            assertThat(gap.getLong("offset")).isEqualTo(2);
            append("m3");
            assertThat(socket.next("message").getLong("offset")).isEqualTo(3);
        }
    }

    @Test
    void aPositionBeyondTheNewestMessageIsAGap() {
        append("m1");
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            String epoch = socket.publish(room, "m2", 2).getString("epoch");
            assertThat(socket.resume(room, epoch, 99).next("gap").getString("reason"))
                    .isEqualTo("position_ahead");
        }
    }

    @Test
    void thePlatformsEventsReachTheirAccountOnly() {
        String events = ChannelName.eventsOf(alice.sub()).value();
        try (LiveSocket owner = LiveSocket.of(port, alice);
                LiveSocket other = LiveSocket.of(port, TestIdentity.logIn())) {
            owner.subscribe(events);
            other.send(new JsonObject().put("type", "subscribe").put("channel", events));
            assertThat(other.nextError("channel_forbidden").getString("channel"))
                    .isEqualTo(events);

            log.append(new ChannelName(events), "e1", "{\"event\":\"media.ready\"}", "system", Duration.ofMinutes(2));
            assertThat(owner.next("message").getJsonObject("data").getString("event"))
                    .isEqualTo("media.ready");

            owner.send(new JsonObject()
                    .put("type", "publish")
                    .put("channel", events)
                    .put("id", "x")
                    .put("data", 1));
            owner.nextError("channel_forbidden");
        }
    }

    @Test
    void whoUnsubscribesHearsNothingMore() {
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            socket.subscribe(room);
            socket.send(new JsonObject().put("type", "subscribe").put("channel", room));
            socket.nextError("already_subscribed");
            socket.send(new JsonObject().put("type", "unsubscribe").put("channel", room));
            socket.next("unsubscribed");
            socket.publish(room, "m1", 1);
            socket.hasNothingElse();
            socket.send(new JsonObject().put("type", "unsubscribe").put("channel", room));
            socket.nextError("not_subscribed");
        }
    }

    @Test
    void dataArrivesAsItWasSent() {
        JsonArray odd = new JsonArray()
                .add(new JsonObject().put("a\u2028", "\u0000\"\\"))
                .addNull()
                .add(12345678901234567L)
                .add(0.1);
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            socket.subscribe(room);
            socket.send(publishFrame("odd", odd));
            JsonObject one = socket.next();
            JsonObject two = socket.next();
            JsonObject message = one.getString("type").equals("message") ? one : two;
            assertThat(message.getJsonArray("data")).isEqualTo(odd);
        }
    }

    /** cut off from pub/sub, an instance misses nothing. */
    @Test
    void aLostWakeUpConnectionLosesNoMessage() {
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            socket.subscribe(room);
            for (int i = 1; i <= 5; i++) {
                RedisNodes.ofTheService().ask("CLIENT", "KILL", "TYPE", "pubsub");
                append("m" + i);
                assertThat(socket.next("message").getLong("offset")).isEqualTo(i);
            }
            socket.hasNothingElse();
        }
    }

    private JsonObject publishFrame(String id, Object data) {
        return new JsonObject()
                .put("type", "publish")
                .put("channel", room)
                .put("id", id)
                .put("data", data);
    }

    private void append(String... ids) {
        for (String id : ids) {
            log.append(new ChannelName(room), id, "\"" + id + "\"", "system", Duration.ofMinutes(2));
        }
    }
}
