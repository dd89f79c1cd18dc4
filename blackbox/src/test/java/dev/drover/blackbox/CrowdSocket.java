package dev.drover.blackbox;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** One of many sockets that follow a channel each, goes on where it was when it is connected again, and never blocks. */
final class CrowdSocket implements WebSocket.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PAUSE_MILLIS = 1_000;
    private static final int DOUBLINGS_MAX = 4;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String token;
    private final String channel;
    private final List<Long> offsets = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private volatile WebSocket socket;
    private volatile URI wanted;
    private volatile boolean open;
    private final AtomicInteger tries = new AtomicInteger();
    private volatile int recoveries;
    private volatile String epoch;
    private volatile long position;

    CrowdSocket(String token, String channel) {
        this.token = token;
        this.channel = channel;
    }

    /** Goes on trying, with pauses that differ and grow, as docs/realtime.md asks of a client. */
    void connect(URI base) {
        wanted = base;
        HTTP.newWebSocketBuilder()
                .subprotocols("drover.v1.json")
                .connectTimeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws" + base.toString().substring("http".length()) + "/realtime"), this)
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        again(base);
                    }
                });
    }

    private void again(URI base) {
        int doublings = Math.min(tries.getAndIncrement(), DOUBLINGS_MAX);
        long pauseMillis = ThreadLocalRandom.current().nextLong(PAUSE_MILLIS << doublings);
        CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(() -> {
                    if (base.equals(wanted) && !open) {
                        connect(base);
                    }
                });
    }

    /** Does not come back by itself. */
    void stay() {
        wanted = null;
    }

    boolean isOpen() {
        return open;
    }

    boolean follows() {
        return epoch != null;
    }

    int received() {
        return offsets.size();
    }

    List<Long> offsets() {
        return offsets;
    }

    int recoveries() {
        return recoveries;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        open = true;
        opened.request(Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            take(from, text.toString());
            text.setLength(0);
        }
        return null;
    }

    private void take(WebSocket from, String frame) {
        JsonNode json;
        try {
            json = JSON.readTree(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        switch (json.path("type").asText()) {
            case "ready" -> from.sendText(subscription(), true);
            case "subscribed" -> {
                tries.set(0);
                position = json.path("offset").asLong();
                epoch = json.path("epoch").asText();
            }
            case "recovered" -> {
                tries.set(0);
                recoveries++;
            }
            case "message" -> {
                position = json.path("offset").asLong();
                offsets.add(position);
            }
            case "error" -> {
                from.abort();
                lost();
            }
            default -> offsets.add(-1L);
        }
    }

    private String subscription() {
        return epoch == null
                ? "{\"type\":\"subscribe\",\"channel\":\"%s\"}".formatted(channel)
                : "{\"type\":\"subscribe\",\"channel\":\"%s\",\"since\":{\"epoch\":\"%s\",\"offset\":%d}}"
                        .formatted(channel, epoch, position);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        lost();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        lost();
    }

    private void lost() {
        open = false;
        URI base = wanted;
        if (base != null) {
            again(base);
        }
    }

    void close() {
        stay();
        if (socket != null) {
            socket.abort();
        }
    }
}
