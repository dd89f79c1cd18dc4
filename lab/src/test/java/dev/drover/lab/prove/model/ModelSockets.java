package dev.drover.lab.prove.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/** The sockets of the model, which it closes again and again, as if their instance had died. */
final class ModelSockets {
    private static final long LIVES_MILLIS = 800;
    /** A client that comes back at once would hardly miss anything. */
    private static final long DEAD_MILLIS = 400;

    private static final String EPOCH = "one";

    private final Vertx vertx;
    private final ModelStore store;
    private final Defect defect;
    private final Map<ServerWebSocket, Set<String>> followed = new HashMap<>();
    private boolean dead;

    ModelSockets(Vertx vertx, ModelStore store, Defect defect) {
        this.vertx = vertx;
        this.store = store;
        this.defect = defect;
        live();
    }

    private void live() {
        vertx.setTimer(LIVES_MILLIS, over -> {
            dead = true;
            Set.copyOf(followed.keySet()).forEach(ServerWebSocket::close);
            vertx.setTimer(DEAD_MILLIS, again -> {
                dead = false;
                live();
            });
        });
    }

    void handle(ServerWebSocket socket) {
        if (dead) {
            socket.close();
            return;
        }
        followed.put(socket, new HashSet<>());
        socket.closeHandler(closed -> followed.remove(socket));
        socket.exceptionHandler(broken -> {});
        socket.textMessageHandler(text -> received(socket, new JsonObject(text)));
    }

    private void received(ServerWebSocket socket, JsonObject frame) {
        switch (frame.getString("type")) {
            case "auth" -> send(socket, new JsonObject().put("type", "ready").put("instance", "realtime-0"));
            case "subscribe" -> subscribe(socket, frame);
            default -> {}
        }
    }

    private void subscribe(ServerWebSocket socket, JsonObject frame) {
        String name = frame.getString("channel");
        ModelStore.Channel channel = store.channel(name);
        followed.getOrDefault(socket, new HashSet<>()).add(name);
        JsonObject since = frame.getJsonObject("since");
        if (since == null) {
            send(socket, place("subscribed", name, channel.messages.size()));
            return;
        }
        long from = since.getLong("offset");
        send(socket, place("recovered", name, channel.messages.size()).put("from", from));
        if (defect == Defect.MESSAGES_DROPPED_ON_RECONNECT) {
            return;
        }
        channel.messages.stream()
                .filter(message -> message.getLong("offset") > from)
                .forEach(message -> send(socket, message.copy().put("type", "message")));
    }

    /** @return the message's place: an id that is there already keeps its own */
    long publish(String name, String id, Object data) {
        ModelStore.Channel channel = store.channel(name);
        for (JsonObject message : channel.messages) {
            if (message.getString("id").equals(id)) {
                return message.getLong("offset");
            }
        }
        JsonObject message = place("message", name, channel.messages.size() + 1)
                .put("id", id)
                .put("data", data);
        channel.messages.add(message);
        followed.forEach((socket, names) -> {
            if (names.contains(name)) {
                send(socket, message);
            }
        });
        return message.getLong("offset");
    }

    private static JsonObject place(String type, String channel, long offset) {
        return new JsonObject()
                .put("type", type)
                .put("channel", channel)
                .put("epoch", EPOCH)
                .put("offset", offset);
    }

    static String epoch() {
        return EPOCH;
    }

    private static void send(ServerWebSocket socket, JsonObject frame) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(frame.encode());
        }
    }
}
