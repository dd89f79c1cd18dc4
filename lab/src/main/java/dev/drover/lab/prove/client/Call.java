package dev.drover.lab.prove.client;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import io.vertx.core.json.JsonObject;

/** A request that stays the same however often it is sent: with its key, a repeat is the same intention. */
public record Call(String method, String path, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = {};
    private static final String KEY = "Idempotency-Key";

    public Call {
        headers = Map.copyOf(headers);
    }

    public static Call get(String path) {
        return new Call("GET", path, Map.of(), NOTHING);
    }

    public static Call delete(String path) {
        return new Call("DELETE", path, Map.of(), NOTHING);
    }

    public static Call post(String path) {
        return new Call("POST", path, Map.of(), NOTHING).keyed();
    }

    public static Call post(String path, JsonObject body) {
        return new Call("POST", path, Map.of("Content-Type", "application/json"), bytes(body)).keyed();
    }

    public static Call put(String path, JsonObject body) {
        return new Call("PUT", path, Map.of("Content-Type", "application/json"), bytes(body));
    }

    /** A change of what was read with the tag {@code ifMatch}. */
    public static Call mergePatch(String path, String ifMatch, JsonObject patch) {
        return new Call(
                        "PATCH",
                        path,
                        Map.of("Content-Type", "application/merge-patch+json", "If-Match", ifMatch),
                        bytes(patch))
                .keyed();
    }

    public Call by(String accessToken) {
        return with("Authorization", "Bearer " + accessToken);
    }

    public Call with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, path, more, body);
    }

    private Call keyed() {
        return with(KEY, UUID.randomUUID().toString());
    }

    private static byte[] bytes(JsonObject body) {
        return body.encode().getBytes(StandardCharsets.UTF_8);
    }

    /** Without its query: what it is counted and shown as. */
    String name() {
        int query = path.indexOf('?');
        return method + " " + (query < 0 ? path : path.substring(0, query));
    }

    @Override
    public String toString() {
        return name();
    }
}
