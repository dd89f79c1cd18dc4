package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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

    @Test
    void aSocketOfALoggedOutSessionIsClosed() {
        Person person = Person.signUp(suite.anyone());
        try (Socket socket = Socket.open(person)) {
            socket.subscribe("user:" + person.sub() + ":events");

            assertThat(person.client().post("/auth/logout", "").status()).isEqualTo(204);

            assertThat(socket.awaitClosed()).isGreaterThanOrEqualTo(4000);
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
