package dev.drover.lab.prove.model;

import java.util.HashMap;
import java.util.Map;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** Flags: written to the store, and read from it or, with the defect, from a copy that is as old as its first reading. */
final class ModelFlags {
    private final ModelStore store;
    private final Defect defect;
    private final Map<String, JsonObject> copies = new HashMap<>();

    ModelFlags(ModelStore store, Defect defect) {
        this.store = store;
        this.defect = defect;
    }

    void change(HttpServerRequest request, JsonObject flag) {
        String key = request.path().substring("/flags/".length());
        int version = ++store.revision;
        store.flags.put(
                key,
                new JsonObject()
                        .put("value", flag.getJsonObject("variants").getString("shown"))
                        .put("metadata", new JsonObject().put("flagVersion", version)));
        request.response().putHeader("ETag", "\"" + version + "\"");
        ModelInstance.send(request, 200, flag);
    }

    void remove(HttpServerRequest request) {
        store.flags.remove(request.path().substring("/flags/".length()));
        ModelInstance.sendNothing(request);
    }

    void evaluate(HttpServerRequest request, int number) {
        String key = request.path().substring("/ofrep/v1/evaluate/flags/".length());
        JsonObject now = store.flags.getOrDefault(key, new JsonObject());
        boolean copied = defect == Defect.FLAGS_NEVER_RENEWED && number == 1;
        ModelInstance.send(request, 200, copied ? copies.computeIfAbsent(key, first -> now) : now);
    }
}
