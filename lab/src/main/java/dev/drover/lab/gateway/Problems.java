package dev.drover.lab.gateway;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The gateway's own errors, in the form of the services' (RFC 9457). */
public final class Problems {
    private Problems() {}

    public static void send(HttpServerResponse response, int status, String code, String title, String detail) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            // Too late for an error: a cut connection is the only honest sign that the answer is not whole.
            response.reset();
            return;
        }
        response.setStatusCode(status).putHeader("Content-Type", "application/problem+json");
        if (status == 503) {
            response.putHeader("Retry-After", "1");
        }
        response.end(new JsonObject()
                .put("type", "urn:drover:problem:" + code)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("code", code)
                .encode());
    }
}
