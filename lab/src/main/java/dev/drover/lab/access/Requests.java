package dev.drover.lab.access;

import java.util.function.Consumer;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.gateway.Problems;

/** What every endpoint of the lab asks of a request first. */
public final class Requests {
    private static final int BODY_BYTES_MAX = 1_024;

    private Requests() {}

    public static boolean is(HttpMethod method, HttpServerRequest request) {
        if (request.method().equals(method)) {
            return true;
        }
        request.response().putHeader("Allow", method.name());
        Problems.send(
                request,
                405,
                "method_not_allowed",
                "The method is not allowed here",
                "only " + method + " is answered here");
        return false;
    }

    /** An empty body is an empty object. */
    public static void withBody(HttpServerRequest request, Consumer<JsonObject> next) {
        String length = request.getHeader("Content-Length");
        boolean small = length == null || (length.matches("\\d{1,6}") && Integer.parseInt(length) <= BODY_BYTES_MAX);
        if (!small || request.getHeader("Transfer-Encoding") != null) {
            Problems.send(request, 413, "too_large", "Too large", "at most " + BODY_BYTES_MAX + " bytes");
            return;
        }
        request.body().onSuccess(body -> {
            JsonObject parsed;
            try {
                parsed = body.length() == 0 ? new JsonObject() : new JsonObject(body);
            } catch (DecodeException | ClassCastException e) {
                Problems.send(request, 400, "malformed", "Malformed", "the body is one JSON object");
                return;
            }
            next.accept(parsed);
        });
    }

    public static void sendJson(HttpServerRequest request, JsonObject content) {
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(content.encode());
    }
}
