package dev.drover.lab.prove.model;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Files of the model, the quota of asking for them, and the store their bytes are in. */
final class ModelFiles {
    private static final int UNITS = 5;
    private static final int EVERY = 3;

    private final ModelStore store;
    private final ModelSockets sockets;
    private final Defect defect;
    private int stored;
    private int unitsGivenHere;

    ModelFiles(ModelStore store, ModelSockets sockets, Defect defect) {
        this.store = store;
        this.sockets = sockets;
        this.defect = defect;
    }

    void grant(HttpServerRequest request, String account, JsonObject json) {
        request.response().putHeader("RateLimit-Policy", "\"upload\";q=" + UNITS + ";w=300");
        request.response().putHeader("RateLimit", "\"upload\";r=1;t=1");
        long given = store.files.values().stream()
                .filter(file -> file.getString("owner").equals(account))
                .count();
        // Only what is one byte long is asked for by who wants too much.
        boolean greedy = json.getInteger("sizeBytes") == 1;
        boolean full = defect == Defect.LIMITER_COUNTS_LOCALLY ? unitsGivenHere >= UNITS : given >= UNITS;
        if (greedy && full) {
            ModelInstance.send(request, 429, new JsonObject().put("code", "rate_limited"));
            return;
        }
        unitsGivenHere += greedy ? 1 : 0;
        String id = store.next("med");
        store.files.put(id, json.copy().put("id", id).put("owner", account).put("state", "pending"));
        ModelInstance.send(
                request,
                201,
                new JsonObject().put("id", id).put("url", url(request, id)).put("headers", new JsonObject()));
    }

    void list(HttpServerRequest request, String account) {
        JsonArray theirs = new JsonArray(store.files.values().stream()
                .filter(file -> file.getString("owner").equals(account))
                .toList());
        ModelInstance.send(request, 200, new JsonObject().put("items", theirs));
    }

    void answer(HttpServerRequest request, String account) {
        String[] parts = request.path().split("/");
        boolean completes = parts.length == 5;
        JsonObject file = store.files.get(completes ? parts[3] : parts[2]);
        if (file == null || !file.getString("owner").equals(account)) {
            ModelInstance.send(request, 404, new JsonObject().put("code", "not_found"));
        } else if (completes) {
            file.put("state", "ready");
            sockets.publish(
                    "user:" + account + ":events",
                    file.getString("id"),
                    new JsonObject().put("event", "media.ready").put("mediaId", file.getString("id")));
            ModelInstance.send(request, 200, file);
        } else if (parts.length == 4) {
            ModelInstance.send(request, 200, new JsonObject().put("url", url(request, file.getString("id"))));
        } else {
            ModelInstance.send(request, 200, file);
        }
    }

    void object(HttpServerRequest request, String id, Buffer body) {
        if (request.method().name().equals("PUT")) {
            byte[] bytes = body.getBytes();
            if (defect == Defect.FILE_DAMAGED && ++stored % EVERY == 0) {
                bytes[bytes.length / 2]++;
            }
            store.objects.put(id, bytes);
            request.response().end("");
        } else {
            byte[] bytes = store.objects.get(id);
            request.response()
                    .setStatusCode(bytes == null ? 404 : 200)
                    .end(Buffer.buffer(bytes == null ? new byte[0] : bytes));
        }
    }

    private static String url(HttpServerRequest request, String id) {
        return "http://" + request.getHeader("Host") + "/objects/" + id;
    }
}
