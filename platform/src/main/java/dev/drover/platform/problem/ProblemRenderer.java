package dev.drover.platform.problem;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.telemetry.RequestIds;
import dev.drover.platform.telemetry.Route;

/** Turns a failure into an answer, for Jakarta REST and for bare routes, and writes the one log line it deserves. */
@Singleton
public final class ProblemRenderer {

    private static final Logger LOG = Logger.getLogger(ProblemRenderer.class);
    private static final String SAID = ProblemRenderer.class.getName();
    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(1);

    private final ObjectMapper json;

    ProblemRenderer(ObjectMapper json) {
        this.json = json;
    }

    /** For Jakarta REST, whatever went wrong: what is not known to be the client's mistake or a store's is ours. */
    public Response toResponse(RoutingContext request, Throwable failure) {
        ServiceException fault = fault(request, failure);
        Response.ResponseBuilder response = Response.status(fault.error().kind().status())
                .type(Problem.MEDIA_TYPE)
                .entity(body(request, fault, failure));
        headers(fault).forEach(response::header);
        return response.build();
    }

    Response toResponse(RoutingContext request, ErrorCode error, String detail) {
        return toResponse(request, new ServiceException(error, detail));
    }

    /** For what never reached Jakarta REST. */
    void send(RoutingContext request, Throwable failure) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        ServiceException fault = fault(request, failure);
        headers(fault).forEach(response::putHeader);
        response.setStatusCode(fault.error().kind().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(body(request, fault, failure));
    }

    /** What fails because the client has gone is nobody's fault, and nobody hears the answer. */
    private static ServiceException fault(RoutingContext request, Throwable failure) {
        ServiceException known = fault(failure);
        return known.error() == PlatformError.INTERNAL && isGone(request, failure)
                ? new ServiceException(PlatformError.BAD_REQUEST, "The connection ended before the request did.")
                : known;
    }

    /** A channel that is closed is the client's, whose end its reader may hear of first: a store's has another name by now. */
    private static boolean isGone(RoutingContext request, Throwable failure) {
        boolean isClosed = request.response().closed();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedChannelException
                    || cause instanceof HttpClosedException
                    || isClosed && cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    static boolean isKnown(Throwable failure) {
        return fault(failure).error() != PlatformError.INTERNAL;
    }

    private static ServiceException fault(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServiceException known) {
                return known;
            }
            if (cause instanceof StoreUnavailableException down) {
                return new ServiceException(unavailable(down), down.getMessage() + ".");
            }
        }
        return new ServiceException(PlatformError.INTERNAL, null);
    }

    private static ErrorCode unavailable(StoreUnavailableException down) {
        return switch (down.fault()) {
            case FULL -> PlatformError.STORE_FULL;
            case READ_ONLY -> PlatformError.STORE_READ_ONLY;
            case TIMEOUT, CONNECTION, LOADING, BUSY, CROWDED, GIVEN_UP -> PlatformError.STORE_UNAVAILABLE;
        };
    }

    private String body(RoutingContext request, ServiceException fault, Throwable failure) {
        ErrorCode error = fault.error();
        // A held answer is refused with what its handler has often ended with already; that is said once.
        if (error == PlatformError.INTERNAL || request.get(SAID) != error) {
            log(request, error, failure);
            request.put(SAID, error);
        }
        try {
            return json.writeValueAsString(Problem.of(
                    fault, request.normalizedPath(), RequestIds.of(request).traceId()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem of plain fields must serialize", e);
        }
    }

    private static void log(RoutingContext request, ErrorCode error, Throwable failure) {
        HttpMethod method = request.request().method();
        // The template, because a path may hold anything, a secret too.
        String route = Route.of(request);
        if (error.kind() == ErrorKind.INTERNAL) {
            LOG.errorf(failure, "%s %s failed", method, route);
            return;
        }
        // That a store is away is said once, where it is noticed; it concerns every request.
        LOG.logf(
                error == PlatformError.STORE_UNAVAILABLE ? Logger.Level.DEBUG : Logger.Level.INFO,
                "%s %s: %d %s",
                method,
                route,
                error.kind().status(),
                error.code());
    }

    private static Map<String, String> headers(ServiceException fault) {
        Map<String, String> headers = new LinkedHashMap<>();
        ErrorKind kind = fault.error().kind();
        if (kind == ErrorKind.UNAUTHENTICATED) {
            headers.put(HttpHeaders.WWW_AUTHENTICATE, challenge(fault.error()));
        }
        boolean mustSayWhen = kind == ErrorKind.UNAVAILABLE || kind == ErrorKind.TOO_MANY_REQUESTS;
        boolean maySayWhen = kind == ErrorKind.CONFLICT && fault.retryAfter().isPresent();
        if (mustSayWhen || maySayWhen) {
            headers.put(HttpHeaders.RETRY_AFTER, seconds(fault.retryAfter().orElse(DEFAULT_RETRY_AFTER)));
        }
        return headers;
    }

    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    /** RFC 6750: a bad token is called one; no token, or a wrong password, gets the bare challenge. */
    private static String challenge(ErrorCode error) {
        boolean isBadToken = error instanceof PlatformError && error != PlatformError.UNAUTHENTICATED;
        return !isBadToken
                ? "Bearer realm=\"drover\""
                : "Bearer realm=\"drover\", error=\"invalid_token\", error_description=\"" + error.title() + "\"";
    }
}
