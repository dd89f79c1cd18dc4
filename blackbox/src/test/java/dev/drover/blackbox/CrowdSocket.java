package dev.drover.blackbox;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** One of many sockets that follow a channel each, goes on where it was when it is connected again, and never blocks. */
final class CrowdSocket implements WebSocket.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String token;
    private final String channel;
    private final List<Long> offsets = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private volatile WebSocket socket;
    private volatile boolean open;
    private volatile int recoveries;
    private volatile String epoch;
    private volatile long position;

    CrowdSocket(String token, String channel) {
        this.token = token;
        this.channel = channel;
    }

    void connect(URI base) {
        open = true;
        HTTP.newWebSocketBuilder()
                .subprotocols("drover.v1.json")
                .connectTimeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws" + base.toString().substring("http".length()) + "/realtime"), this)
                .whenComplete((opened, failure) -> open = failure == null && open);
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
                position = json.path("offset").asLong();
                epoch = json.path("epoch").asText();
            }
            case "recovered" -> recoveries++;
            case "message" -> {
                position = json.path("offset").asLong();
                offsets.add(position);
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
        open = false;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        open = false;
    }

    void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
