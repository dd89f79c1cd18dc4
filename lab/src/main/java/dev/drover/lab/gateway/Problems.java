package dev.drover.lab.gateway;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The gateway's own errors, in the form of the services' (RFC 9457). */
public final class Problems {
    private static final Pattern TRACE_PARENT = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    private Problems() {}

    public static void send(HttpServerRequest request, int status, String code, String title, String detail) {
        HttpServerResponse response = request.response();
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
                .put("instance", request.path())
                .put("code", code)
                .put("traceId", traceId(request.getHeader("traceparent")))
                .encode());
    }

    /** The client's own when it sent one, so that it finds this answer again. */
    private static String traceId(String traceParent) {
        Matcher given = TRACE_PARENT.matcher(traceParent == null ? "" : traceParent);
        return given.matches() ? given.group(1) : UUID.randomUUID().toString().replace("-", "");
    }
}
