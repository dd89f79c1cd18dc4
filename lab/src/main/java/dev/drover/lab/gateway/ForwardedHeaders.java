package dev.drover.lab.gateway;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Which headers pass the gateway, and what it says itself about the client. */
final class ForwardedHeaders {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** A client must not be able to speak for the gateway. */
    private static final List<String> CLAIMS =
            List.of("forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port");

    private ForwardedHeaders() {}

    static MultiMap ofRequest(HttpServerRequest request) {
        MultiMap headers = endToEnd(request.headers());
        CLAIMS.forEach(headers::remove);
        headers.set("X-Forwarded-For", request.remoteAddress().hostAddress());
        headers.set("X-Forwarded-Proto", request.scheme() == null ? "http" : request.scheme());
        if (request.getHeader(HttpHeaders.HOST) != null) {
            headers.set("X-Forwarded-Host", request.getHeader(HttpHeaders.HOST));
        }
        return headers;
    }

    static MultiMap endToEnd(MultiMap received) {
        Set<String> dropped = new HashSet<>(HOP_BY_HOP);
        received.getAll("connection").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .forEach(name -> dropped.add(name.strip().toLowerCase(Locale.ROOT)));
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (Map.Entry<String, String> header : received) {
            if (!dropped.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        return headers;
    }
}
