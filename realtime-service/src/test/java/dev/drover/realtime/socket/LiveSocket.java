package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.vertx.core.json.JsonObject;

import dev.drover.testing.TestIdentity;

/** A real WebSocket client: frames are sent as JSON objects and taken one after the other. */
public final class LiveSocket implements WebSocket.Listener, AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Deque<JsonObject> aside = new ArrayDeque<>();
    private final StringBuilder partial = new StringBuilder();
    private final boolean reads;
    private WebSocket socket;

    private LiveSocket(boolean reads) {
        this.reads = reads;
    }

    static WebSocket.Builder handshake() {
        return HTTP.newWebSocketBuilder().subprotocols("drover.v1.json");
    }

    public static LiveSocket open(int port) {
        return open(port, handshake(), true);
    }

    public static LiveSocket open(int port, WebSocket.Builder handshake, boolean reads) {
        LiveSocket live = new LiveSocket(reads);
        live.socket = handshake
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/realtime"), live)
                .join();
        return live;
    }

    public static LiveSocket of(int port, TestIdentity.Login login) {
        LiveSocket live = open(port);
        live.authenticate(login);
        return live;
    }

    void authenticate(TestIdentity.Login login) {
        send(new JsonObject().put("type", "auth").put("token", login.token()));
        JsonObject ready = next("ready");
        assertThat(ready.getString("sub")).isEqualTo(login.sub());
        assertThat(ready.getString("instance")).isEqualTo("test-instance");
    }

    LiveSocket send(JsonObject frame) {
        return send(frame.encode());
    }

    public LiveSocket send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    void sendBinary() {
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
    }

    public JsonObject subscribe(String channel) {
        send(new JsonObject().put("type", "subscribe").put("channel", channel));
        return next("subscribed");
    }

    LiveSocket resume(String channel, String epoch, long offset) {
        return send(new JsonObject()
                .put("type", "subscribe")
                .put("channel", channel)
                .put("since", new JsonObject().put("epoch", epoch).put("offset", offset)));
    }

    /** What comes before the answer, such as the message itself where the channel is followed, is there afterwards. */
    JsonObject publish(String channel, String id, Object data) {
        send(new JsonObject()
                .put("type", "publish")
                .put("channel", channel)
                .put("id", id)
                .put("data", data));
        List<JsonObject> before = new ArrayList<>();
        JsonObject frame = next();
        while (!List.of("published", "error").contains(frame.getString("type"))) {
            before.add(frame);
            frame = next();
        }
        assertThat(frame.getString("type")).as(frame.encode()).isEqualTo("published");
        aside.addAll(before);
        return frame;
    }

    public JsonObject next() {
        if (!aside.isEmpty()) {
            return aside.removeFirst();
        }
        try {
            String frame = received.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(frame)
                    .as("a frame within " + LIMIT + ", closed: " + closed)
                    .isNotNull();
            return new JsonObject(frame);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public JsonObject next(String type) {
        JsonObject frame = next();
        assertThat(frame.getString("type")).as(frame.encode()).isEqualTo(type);
        return frame;
    }

    public JsonObject nextError(String code) {
        JsonObject frame = next("error");
        assertThat(frame.getString("code")).as(frame.encode()).isEqualTo(code);
        return frame;
    }

    /** Proves that nothing else was sent: the pong is the next frame. */
    void hasNothingElse() {
        send("{\"type\":\"ping\"}");
        next("pong");
    }

    public int closeCode() {
        return closed.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Begins to read after all. */
    void read() {
        socket.request(Long.MAX_VALUE);
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reads) {
            opened.request(Long.MAX_VALUE);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
