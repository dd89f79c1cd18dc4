package dev.drover.lab.tour.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A subscriber that stays one over the death of instances: when its connection ends it opens another, wherever the gateway puts it, and
 * asks for what it missed from the position it had reached. It keeps what comes as it comes: repeats and gaps would show.
 */
public final class LiveSocket implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration READY_WITHIN = Duration.ofSeconds(5);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final URI address;
    private final String token;
    private final Map<String, LiveChannel> channels = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread reader;
    private volatile Session session = new Session("none", 0);
    private volatile String lastTrouble = "nothing yet";
    private volatile boolean closed;

    private LiveSocket(URI gateway, String token) {
        this.address = URI.create(gateway.toString().replaceFirst("^http", "ws") + "/realtime");
        this.token = token;
        this.reader = Thread.ofVirtual().unstarted(this::stayConnected);
    }

    public static LiveSocket open(URI gateway, String token, String... channels) {
        LiveSocket socket = new LiveSocket(gateway, token);
        for (String channel : channels) {
            socket.channels.put(channel, new LiveChannel(channel));
        }
        socket.reader.start();
        return socket;
    }

    public LiveChannel channel(String name) {
        return channels.get(name);
    }

    /** The connection it has now: the instance that holds it, and how many there have been. */
    public Session session() {
        return session;
    }

    /** What ended or kept it from a connection last. */
    public String lastTrouble() {
        return lastTrouble;
    }

    private void stayConnected() {
        int failures = 0;
        while (!closed) {
            int before = session.number();
            try (SocketConnection connection = SocketConnection.open(http, address)) {
                listen(connection);
            } catch (IOException e) {
                lastTrouble = e.getMessage();
            } catch (InterruptedException e) {
                return;
            }
            failures = session.number() > before ? 0 : failures + 1;
            if (!pause(failures)) {
                return;
            }
        }
    }

    private void listen(SocketConnection connection) throws IOException, InterruptedException {
        connection.send(frame("auth").put("token", token));
        JsonNode ready = connection.next(READY_WITHIN).orElseThrow(() -> new IOException("no ready frame"));
        if (!ready.path("type").asText().equals("ready")) {
            throw new IOException("instead of ready: " + ready);
        }
        for (LiveChannel channel : channels.values()) {
            connection.send(channel.subscription());
        }
        session = new Session(ready.path("instance").asText("unnamed"), session.number() + 1);
        while (!closed) {
            Optional<JsonNode> next = connection.next(POLL);
            if (next.isEmpty()) {
                continue;
            }
            JsonNode frame = next.get();
            switch (frame.path("type").asText()) {
                case "subscribed", "recovered", "gap", "message", "error" -> deliver(frame);
                // The instance goes away soon; leaving at a random moment spares the others a rush.
                case "drain" -> {
                    long within = Math.max(1, frame.path("reconnectInMs").asLong(FIRST_PAUSE_MILLIS));
                    Thread.sleep(ThreadLocalRandom.current().nextLong(within));
                    throw new IOException("the instance drains");
                }
                default -> lastTrouble = "an unknown frame: " + frame;
            }
        }
    }

    private void deliver(JsonNode frame) {
        LiveChannel channel = channels.get(frame.path("channel").asText());
        if (channel == null) {
            lastTrouble = frame.toString();
            return;
        }
        channel.accept(frame);
    }

    /** Full jitter: clients of a dead instance must not come back in step. */
    private static boolean pause(int failures) {
        long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    static ObjectNode frame(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
    }

    /** @param number the first connection is 1 */
    public record Session(String instance, int number) {}
}
