package dev.drover.platform.telemetry;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Gives every request its ids, in the answer and in whatever is logged on its behalf, and writes one line about it at debug. */
@Singleton
final class RequestTelemetry {

    /** Its own category, so that it can be had without the rest. */
    private static final Logger LOG = Logger.getLogger("dev.drover.request");

    /** Before everything else, so that no line about a request is without its ids. */
    private static final int PRIORITY = 1_100;

    private static final long NANOS_PER_MILLI = 1_000_000;

    void register(@Observes Filters filters) {
        filters.register(this::begin, PRIORITY);
    }

    private void begin(RoutingContext request) {
        Route.begin(request);
        RequestIds ids = RequestIds.of(request);
        request.response().putHeader(RequestIds.HEADER, ids.requestId());
        identify(ids);
        if (LOG.isDebugEnabled()) {
            long begunNanos = System.nanoTime();
            request.addEndHandler(ended -> report(request, ids, System.nanoTime() - begunNanos));
        }
        request.next();
    }

    private static void identify(RequestIds ids) {
        MDC.put(LogFields.REQUEST_ID, ids.requestId());
        MDC.put(LogFields.TRACE_ID, ids.traceId());
    }

    private static void report(RoutingContext request, RequestIds ids, long nanos) {
        String method = request.request().method().name();
        String route = Route.of(request);
        int status = request.response().getStatusCode();
        long millis = nanos / NANOS_PER_MILLI;
        // What traced the request has taken its ids along by now.
        identify(ids);
        MDC.put(LogFields.METHOD, method);
        MDC.put(LogFields.ROUTE, route);
        MDC.put(LogFields.STATUS, status);
        MDC.put(LogFields.DURATION_MILLIS, millis);
        try {
            LOG.debugf("%s %s: %d in %d ms", method, route, status, millis);
        } finally {
            MDC.remove(LogFields.METHOD);
            MDC.remove(LogFields.ROUTE);
            MDC.remove(LogFields.STATUS);
            MDC.remove(LogFields.DURATION_MILLIS);
        }
    }
}
