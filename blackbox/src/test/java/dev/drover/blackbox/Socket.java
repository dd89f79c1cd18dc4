package dev.drover.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** One WebSocket of the protocol {@code drover.v1.json}, logged in by its first frame. Reconnecting is the test's business. */
final class Socket implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration FRAME_WITHIN = Duration.ofSeconds(20);

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private final String instance;

    private Socket(URI base, String token) {
        URI address = URI.create("ws" + base.toString().substring("http".length()) + "/realtime");
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("drover.v1.json")
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(address, new Listener())
                .join();
        send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
        this.instance = await("ready").path("instance").asText();
    }

    static Socket open(Person person) {
        return open(person, person.client().base());
    }

    /** At an instance, not at the gateway. */
    static Socket open(Person person, URI at) {
        return new Socket(at, person.token());
    }

    /** The instance that holds the other end. */
    String instance() {
        return instance;
    }

    Position subscribe(String channel) {
        send("{\"type\":\"subscribe\",\"channel\":\"%s\"}".formatted(channel));
        return position(await("subscribed"));
    }

    /** Subscribes from where an earlier socket had got to. */
    JsonNode resume(String channel, Position since) {
        send("{\"type\":\"subscribe\",\"channel\":\"%s\",\"since\":{\"epoch\":\"%s\",\"offset\":%d}}"
                .formatted(channel, since.epoch(), since.offset()));
        return await(frame -> frame.path("type").asText().equals("recovered")
                || frame.path("type").asText().equals("gap"));
    }

    JsonNode await(String type) {
        return await(frame -> frame.path("type").asText().equals(type));
    }

    /** The next frame that fits; those before it are skipped. */
    JsonNode await(Predicate<JsonNode> fits) {
        long deadline = System.nanoTime() + FRAME_WITHIN.toNanos();
        try {
            while (true) {
                JsonNode frame = frames.poll(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (frame == null) {
                    throw new AssertionError(
                            "no such frame within " + FRAME_WITHIN + (closed.isDone() ? ", the socket is closed" : ""));
                }
                if (fits.test(frame)) {
                    return frame;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    void send(String frame) {
        socket.sendText(frame, true).join();
    }

    /** Waits for the other side to end it. */
    int awaitClosed() {
        return closed.orTimeout(FRAME_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
    }

    static Position position(JsonNode frame) {
        return new Position(frame.path("epoch").asText(), frame.path("offset").asLong());
    }

    @Override
    public void close() {
        socket.abort();
    }

    record Position(String epoch, long offset) {}

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    frames.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    text.setLength(0);
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            // 1006 is what a client reports for a connection that just ended.
            closed.complete(1006);
        }
    }
}
