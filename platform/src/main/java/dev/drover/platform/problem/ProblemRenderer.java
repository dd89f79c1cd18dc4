package dev.drover.platform.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.telemetry.RequestIds;
import dev.drover.platform.telemetry.Route;

/** Turns an {@link ErrorCode} into an answer, for Jakarta REST and for bare routes, and writes the one log line it deserves. */
@Singleton
public final class ProblemRenderer {

    private static final Logger LOG = Logger.getLogger(ProblemRenderer.class);
    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(1);

    private final ObjectMapper json;

    ProblemRenderer(ObjectMapper json) {
        this.json = json;
    }

    /** The answer to a request that a check refused, or that a check could not decide on. */
    public Response toResponse(RoutingContext request, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServiceException known) {
                return toResponse(
                        request,
                        known.error(),
                        known.getMessage(),
                        known.violations(),
                        known.retryAfter().orElse(null),
                        known);
            }
            if (cause instanceof StoreUnavailableException down) {
                return toResponse(request, unavailable(down), down.getMessage() + ".", List.of());
            }
        }
        return toResponse(request, PlatformError.INTERNAL, null, List.of(), null, failure);
    }

    static ErrorCode unavailable(StoreUnavailableException down) {
        return switch (down.fault()) {
            case FULL -> PlatformError.STORE_FULL;
            case READ_ONLY -> PlatformError.STORE_READ_ONLY;
            case TIMEOUT, CONNECTION, LOADING, BUSY, GIVEN_UP -> PlatformError.STORE_UNAVAILABLE;
        };
    }

    Response toResponse(RoutingContext request, ErrorCode error, String detail, List<Violation> violations) {
        return toResponse(request, error, detail, violations, DEFAULT_RETRY_AFTER, null);
    }

    Response toResponse(
            RoutingContext request,
            ErrorCode error,
            String detail,
            List<Violation> violations,
            Duration retryAfter,
            Throwable cause) {
        Problem problem = problem(request, error, detail, violations, cause);
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(serialize(problem));
        if (error.kind() == ErrorKind.UNAUTHENTICATED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, challenge(error));
        }
        if (asksToRetry(error, retryAfter)) {
            response.header(HttpHeaders.RETRY_AFTER, seconds(retryAfter));
        }
        return response.build();
    }

    void send(RoutingContext request, ErrorCode error, String detail, Throwable cause) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        Problem problem = problem(request, error, detail, List.of(), cause);
        if (error.kind() == ErrorKind.UNAUTHENTICATED) {
            response.putHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(error));
        }
        if (asksToRetry(error, null)) {
            response.putHeader(HttpHeaders.RETRY_AFTER, seconds(DEFAULT_RETRY_AFTER));
        }
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(serialize(problem));
    }

    private Problem problem(
            RoutingContext request, ErrorCode error, String detail, List<Violation> violations, Throwable cause) {
        String traceId = RequestIds.of(request).traceId();
        // The template, because a path may hold anything, a secret too.
        String route = Route.of(request);
        if (error.kind() == ErrorKind.INTERNAL) {
            LOG.errorf(cause, "%s %s failed", request.request().method(), route);
        } else {
            // That a store is away is said once, where it is noticed; it concerns every request.
            LOG.logf(
                    error == PlatformError.STORE_UNAVAILABLE ? Logger.Level.DEBUG : Logger.Level.INFO,
                    "%s %s: %d %s",
                    request.request().method(),
                    route,
                    error.kind().status(),
                    error.code());
        }
        Map<String, Object> members = cause instanceof ServiceException known ? known.members() : Map.of();
        return Problem.of(error, detail, request.normalizedPath(), traceId, violations, members);
    }

    private String serialize(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem of plain fields must serialize", e);
        }
    }

    private static boolean asksToRetry(ErrorCode error, Duration retryAfter) {
        return retryAfter != null && error.kind() != ErrorKind.UNAUTHENTICATED && !isFinal(error.kind())
                || error.kind() == ErrorKind.UNAVAILABLE
                || error.kind() == ErrorKind.TOO_MANY_REQUESTS;
    }

    private static boolean isFinal(ErrorKind kind) {
        return kind != ErrorKind.CONFLICT && kind != ErrorKind.UNAVAILABLE && kind != ErrorKind.TOO_MANY_REQUESTS;
    }

    private static String seconds(Duration duration) {
        Duration wait = duration == null ? DEFAULT_RETRY_AFTER : duration;
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
