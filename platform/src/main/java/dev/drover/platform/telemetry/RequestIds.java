package dev.drover.platform.telemetry;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * What a request is called in logs, traces and error bodies.
 *
 * @param requestId the client's own {@code X-Request-Id} when it is 8 to 64 of {@code A-Z a-z 0-9 . _ -}, else one made here
 * @param traceId   32 hexadecimal digits: of the W3C trace the request belongs to, or made here when it belongs to none
 */
public record RequestIds(String requestId, String traceId) {

    public static final String HEADER = "X-Request-Id";

    /** Long enough to tell requests apart, too short for a token, and nothing that could break a line or be an address. */
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    /** Version, trace, parent and flags; a version after 00 may add more behind a dash. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private static final String KEY = RequestIds.class.getName();

    /** The ids of the request, the same however often they are asked for. */
    public static RequestIds of(RoutingContext request) {
        RequestIds known = request.get(KEY);
        if (known == null) {
            known = read(request.request());
            request.put(KEY, known);
        }
        return known;
    }

    private static RequestIds read(HttpServerRequest request) {
        SpanContext span = Span.current().getSpanContext();
        String traceId = span.isValid()
                ? span.getTraceId()
                : traceId(request.getHeader("traceparent")).orElseGet(RequestIds::random);
        return new RequestIds(requestId(request.getHeader(HEADER)).orElseGet(RequestIds::random), traceId);
    }

    static Optional<String> requestId(String header) {
        return Optional.ofNullable(header).filter(id -> REQUEST_ID.matcher(id).matches());
    }

    static Optional<String> traceId(String traceParent) {
        return Optional.ofNullable(traceParent)
                .map(TRACE_PARENT::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }

    /** It names a request and opens nothing, so nobody is kept from guessing it. */
    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
