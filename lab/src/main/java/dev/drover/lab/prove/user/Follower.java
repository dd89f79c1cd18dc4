package dev.drover.lab.prove.user;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.ledger.Entry.Kind;
import dev.drover.lab.tour.client.SocketConnection;

/** Follows channels over all its connections, asking for what it missed from where it had got to, and enters each message as it comes. */
final class Follower implements Runnable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    /** As docs/realtime.md has it for clients, with less patience. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final int number;
    private final World world;
    private final TokenSource token;
    private final List<String> channels;
    private final HttpClient http;
    private final BooleanSupplier goesOn;
    private volatile String lastTrouble = "nothing";
    private final Map<String, Position> positions = new ConcurrentHashMap<>();

    Follower(
            int number,
            World world,
            TokenSource token,
            List<String> channels,
            HttpClient http,
            BooleanSupplier goesOn) {
        this.number = number;
        this.world = world;
        this.token = token;
        this.channels = List.copyOf(channels);
        this.http = http;
        this.goesOn = goesOn;
    }

    private record Position(String epoch, long offset) {}

    /** Where a fresh access token comes from. */
    interface TokenSource {
        Optional<String> get() throws InterruptedException;
    }

    List<String> channels() {
        return channels;
    }

    /** What ended or kept it from a connection last. */
    @Override
    public String toString() {
        return "follower " + number + " of " + channels + ", whose last trouble was " + lastTrouble;
    }

    Optional<String> token() throws InterruptedException {
        return token.get();
    }

    /** Whether it has what it is to have of a channel whose newest message is there. One that came late to it has all of it. */
    boolean hasReached(String channel, String epoch, long offset) {
        Position position = positions.get(channel);
        return position != null && (!position.epoch().equals(epoch) || position.offset() >= offset);
    }

    @Override
    public void run() {
        int failures = 0;
        try {
            while (goesOn.getAsBoolean()) {
                try {
                    failures = follow() ? 0 : failures + 1;
                } catch (IOException e) {
                    lastTrouble = String.valueOf(e.getMessage());
                    failures++;
                }
                // Full jitter: clients of a dead instance must not come back in step.
                long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
                Thread.sleep(ThreadLocalRandom.current().nextLong(longest));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether it was ready */
    private boolean follow() throws IOException, InterruptedException {
        Optional<String> shown = token.get();
        if (shown.isEmpty()) {
            return false;
        }
        URI address = URI.create(world.herd().gateway().toString().replaceFirst("^http", "ws") + "/realtime");
        try (SocketConnection connection = SocketConnection.open(http, address)) {
            connection.send(frame("auth").put("token", shown.get()));
            JsonNode ready = connection.next(READY_WITHIN).orElseThrow(() -> new IOException("no ready frame"));
            if (!ready.path("type").asText().equals("ready")) {
                throw new IOException("instead of ready: " + ready);
            }
            for (String channel : channels) {
                connection.send(subscription(channel));
            }
            listen(connection, ready.path("instance").asText("unnamed"));
            return true;
        }
    }

    private void listen(SocketConnection connection, String instance) throws InterruptedException {
        long heardNanos = System.nanoTime();
        boolean asked = false;
        while (goesOn.getAsBoolean()) {
            Optional<JsonNode> next;
            try {
                next = connection.next(POLL);
                boolean isSilent = System.nanoTime() - heardNanos > SILENCE.toNanos();
                if (next.isEmpty() && isSilent && asked) {
                    throw new IOException("no pong from " + instance);
                }
                if (next.isEmpty() && isSilent) {
                    connection.send(frame("ping"));
                    asked = true;
                    heardNanos = System.nanoTime();
                }
            } catch (IOException ended) {
                lastTrouble = ended.getMessage();
                return;
            }
            if (next.isEmpty()) {
                continue;
            }
            heardNanos = System.nanoTime();
            asked = false;
            JsonNode frame = next.get();
            switch (frame.path("type").asText()) {
                case "drain" -> {
                    long within = Math.max(1, frame.path("reconnectInMs").asLong(FIRST_PAUSE_MILLIS));
                    Thread.sleep(ThreadLocalRandom.current().nextLong(within));
                    return;
                }
                case "subscribed" -> subscribed(frame, instance);
                case "message" -> received(frame, instance);
                case "gap" -> gap(frame, instance);
                case "error" -> {
                    // Whatever it is about, another connection asks anew for everything.
                    lastTrouble = frame.toString();
                    return;
                }
                default -> {}
            }
        }
    }

    private void subscribed(JsonNode frame, String instance) {
        String channel = frame.path("channel").asText();
        Position position = position(frame);
        positions.put(channel, position);
        world.ledger().observed(Kind.CHANNEL_FOLLOWED, place(channel, position, instance));
    }

    private void received(JsonNode frame, String instance) {
        String channel = frame.path("channel").asText();
        Position position = position(frame);
        JsonObject what =
                place(channel, position, instance).put("id", frame.path("id").asText());
        JsonNode event = frame.path("data").path("event");
        if (event.isTextual()) {
            what.put("event", event.asText());
            for (String subject : List.of("jobId", "mediaId")) {
                if (frame.path("data").has(subject)) {
                    what.put("subject", frame.path("data").path(subject).asText());
                }
            }
        }
        world.ledger().observed(Kind.MESSAGE_RECEIVED, what);
        positions.put(channel, position);
    }

    private void gap(JsonNode frame, String instance) {
        String channel = frame.path("channel").asText();
        Position position = position(frame);
        world.ledger()
                .observed(
                        Kind.CHANNEL_GAP,
                        place(channel, position, instance)
                                .put("reason", frame.path("reason").asText()));
        positions.put(channel, position);
    }

    private JsonObject place(String channel, Position position, String instance) {
        return new JsonObject()
                .put("follower", number)
                .put("channel", channel)
                .put("epoch", position.epoch())
                .put("offset", position.offset())
                .put("instance", instance);
    }

    private ObjectNode subscription(String channel) {
        ObjectNode frame = frame("subscribe").put("channel", channel);
        Position position = positions.get(channel);
        if (position != null) {
            frame.putObject("since").put("epoch", position.epoch()).put("offset", position.offset());
        }
        return frame;
    }

    private static Position position(JsonNode frame) {
        return new Position(frame.path("epoch").asText(), frame.path("offset").asLong());
    }

    private static ObjectNode frame(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
