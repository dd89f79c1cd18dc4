package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import dev.drover.blackbox.Socket.Position;

class RealtimeIT {

    private final Suite suite = Suite.shared();

    @Test
    void aSubscriberMissesNothingWhenTheInstanceOfItsSocketIsKilled() {
        Person person = Person.signUp(suite.anyone());
        String channel = "user:" + person.sub() + ":tour";
        List<JsonNode> received = new ArrayList<>();
        Position position;
        try (Socket socket = Socket.open(person)) {
            socket.subscribe(channel);
            publish(person, channel, 1);
            publish(person, channel, 2);
            received.add(socket.await("message"));
            received.add(socket.await("message"));
            position = Socket.position(received.getLast());

            suite.kill(suite.instance(socket.instance()));
            assertThat(socket.awaitClosed()).isEqualTo(1006);
        }
        publish(person, channel, 3);
        publish(person, channel, 4);
        try (Socket socket = Socket.open(person)) {
            assertThat(socket.resume(channel, position).path("type").asText()).isEqualTo("recovered");
            publish(person, channel, 5);
            IntStream.range(0, 3).forEach(unused -> received.add(socket.await("message")));
        }

        assertThat(received)
                .extracting(message -> message.path("data").path("n").asInt())
                .containsExactly(1, 2, 3, 4, 5);
        long first = received.getFirst().path("offset").asLong();
        assertThat(received)
                .extracting(message -> message.path("offset").asLong())
                .containsExactly(first, first + 1, first + 2, first + 3, first + 4);
    }

    @Test
    void aMessagePublishedOnOneInstanceReachesASocketOnTheOther() {
        Person person = Person.signUp(suite.anyone());
        try (Socket socket = Socket.open(person)) {
            String room = "public:" + UUID.randomUUID();
            socket.subscribe(room);
            Client other = person.client()
                    .via(suite.other(suite.instance(socket.instance())).url());

            assertThat(other.post("/realtime/channels/" + room + "/messages", "{\"id\":\"m-1\",\"data\":\"moo\"}")
                            .status())
                    .isBetween(200, 201);

            JsonNode message = socket.await("message");
            assertThat(message.path("data").asText()).isEqualTo("moo");
            assertThat(message.path("from").asText()).isEqualTo(person.sub());
        }
    }

    @Test
    void aSocketsInstanceThatDrainsTellsItsClientsToReconnect() {
        Person person = Person.signUp(suite.anyone());
        try (Socket socket = Socket.open(person)) {
            socket.subscribe("user:" + person.sub() + ":drain");

            suite.signal(suite.instance(socket.instance()), "TERM");

            assertThat(socket.await("drain").path("reconnectInMs").asInt(-1)).isNotNegative();
            assertThat(socket.awaitClosed()).isIn(1001, 1012);
        }
    }

    /** For how long the machine let nobody run is measured beside and added to the second: no promise can be kept then. */
    @Test
    void theSocketsOfALoggedOutSessionAreClosedWithinASecondOnWhicheverInstanceTheyAre() {
        Person person = Person.signUp(suite.anyone());
        Map<String, Socket> byInstance = new HashMap<>();
        try (Standstills standstills = new Standstills()) {
            suite.ready("realtime").forEach(member -> byInstance.put(member.id(), Socket.open(person, member.url())));
            assertThat(byInstance).hasSizeGreaterThan(1).allSatisfy((instance, socket) -> assertThat(socket.instance())
                    .isEqualTo(instance));
            byInstance.values().forEach(socket -> socket.subscribe("user:" + person.sub() + ":events"));
            long stoodBefore = standstills.totalMillis();

            assertThat(person.client().post("/auth/logout", "").status()).isEqualTo(204);
            long revokedNanos = System.nanoTime();

            List<Long> after = byInstance.values().stream()
                    .map(socket -> {
                        assertThat(socket.awaitClosed()).isEqualTo(4003);
                        return Duration.ofNanos(System.nanoTime() - revokedNanos)
                                .toMillis();
                    })
                    .toList();
            long stood = standstills.totalMillis() - stoodBefore;
            System.out.println("measured: a revoked session's sockets closed after " + after + " ms (stood still for "
                    + stood + ")");
            assertThat(after).allSatisfy(millis -> assertThat(millis).isLessThan(1_000 + stood));
        } finally {
            byInstance.values().forEach(Socket::close);
        }
    }

    @Test
    void anInstanceThatWasStoppedGoesOnWhereItWas() {
        Person person = Person.signUp(suite.anyone());
        String channel = "user:" + person.sub() + ":stopped";
        try (Socket socket = Socket.open(person)) {
            socket.subscribe(channel);
            Suite.Member holder = suite.instance(socket.instance());
            Client other = person.client().via(suite.other(holder).url());
            Signals.send(holder.pid(), "STOP");
            try {
                for (int n = 1; n <= 3; n++) {
                    assertThat(other.post(
                                            "/realtime/channels/" + channel + "/messages",
                                            "{\"id\":\"m-%d\",\"data\":%d}".formatted(n, n))
                                    .status())
                            .isBetween(200, 201);
                }
            } finally {
                Signals.send(holder.pid(), "CONT");
            }
            for (int n = 1; n <= 3; n++) {
                assertThat(socket.await("message").path("data").asInt()).isEqualTo(n);
            }
        }
    }

    /** */
    @Test
    void aKilledInstancesMembersAreGoneWithinTheLease() {
        Person person = Person.signUp(suite.anyone());
        String channel = "public:" + UUID.randomUUID();
        String presence = "/realtime/channels/" + channel + "/presence";
        try (Socket socket = Socket.open(person)) {
            socket.subscribe(channel);
            Eventually.within(Duration.ofSeconds(20))
                    .until(() ->
                            person.client().get(presence).body().path("total").asInt() == 1);

            suite.kill(suite.instance(socket.instance()));

            Eventually.within(Duration.ofSeconds(45))
                    .until(() ->
                            person.client().get(presence).body().path("total").asInt(-1) == 0);
        }
    }

    private static void publish(Person person, String channel, int n) {
        Reply reply = person.client()
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        "/realtime/channels/" + channel + "/messages",
                        "{\"id\":\"m-%d\",\"data\":{\"n\":%d}}".formatted(n, n));
        assertThat(reply.status()).as("%s", reply.body()).isBetween(200, 201);
    }
}
