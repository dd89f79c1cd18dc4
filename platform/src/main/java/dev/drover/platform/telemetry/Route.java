package dev.drover.platform.telemetry;

import java.util.regex.Pattern;

import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;

/**
 * The template of the path a request took, such as {@code /media/{id}}. It stands for the path wherever a request is described to an
 * operator: there are few of them, and none carries what a client wrote.
 */
public final class Route {

    public static final String UNMATCHED = "unmatched";

    /** Where Quarkus leaves it for its own metrics and spans. */
    private static final String TEMPLATE = "UrlPathTemplate";

    /** A parameter with the pattern it must match, which may count in braces of its own. */
    private static final Pattern PATTERN = Pattern.compile("\\{\\s*(\\w+)\\s*:(?:[^{}]|\\{[^{}]*})*}");

    private Route() {}

    /**
     * Until a resource takes it, a request has no route. Without this word its path would stand for the route of whatever is refused before
     * that (413, 405), and clients could make as many meters as they like.
     */
    static void begin(RoutingContext request) {
        ((HttpServerRequestInternal) request.request()).context().putLocal(TEMPLATE, UNMATCHED);
    }

    public static String of(RoutingContext request) {
        String template =
                ((HttpServerRequestInternal) request.request()).context().getLocal(TEMPLATE);
        return template == null ? UNMATCHED : withoutPatterns(template);
    }

    /** {@code /media/{id: med_[^/]*}} is {@code /media/{id}} to whoever reads it. */
    static String withoutPatterns(String template) {
        return PATTERN.matcher(template).replaceAll("{$1}");
    }
}
