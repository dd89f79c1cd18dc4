package dev.drover.platform.problem;

import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What never reaches Jakarta REST (an unknown path, a body over the limit, a failed upgrade) ends in the same kind of body. */
final class ProblemRoutes {

    private static final int[] STATUSES = {400, 401, 403, 404, 405, 406, 413, 415, 500, 503};

    /** After what names the instance, before Quarkus's own check, which ends such a request without a body. */
    private static final int BEFORE_THE_BODY = 900;

    private final ProblemRenderer problems;
    private final long bodyBytesMax;

    ProblemRoutes(
            ProblemRenderer problems, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize bodyMax) {
        this.problems = problems;
        this.bodyBytesMax = bodyMax.asLongValue();
    }

    void refuseLargeBodies(@Observes Filters filters) {
        filters.register(this::checkLength, BEFORE_THE_BODY);
    }

    private void checkLength(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || isWithinLimit(length)) {
            request.next();
            return;
        }
        // The body is not read, so the connection cannot be used again.
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        problems.send(request, byStatus(413));
    }

    private boolean isWithinLimit(String length) {
        return length.length() < 19 && Long.parseLong(length) <= bodyBytesMax;
    }

    void register(@Observes Router router) {
        for (int status : STATUSES) {
            router.errorHandler(status, request -> send(request, status));
        }
        // Ahead of Quarkus's own handler, which stands last and knows none of our exceptions.
        router.route().order(Integer.MAX_VALUE - 1).failureHandler(this::failed);
    }

    private void failed(RoutingContext request) {
        if (ProblemRenderer.isKnown(request.failure())) {
            problems.send(request, request.failure());
        } else {
            request.next();
        }
    }

    private void send(RoutingContext request, int status) {
        Throwable failure = request.failure();
        boolean saysMore = failure != null && (status == 500 || ProblemRenderer.isKnown(failure));
        problems.send(request, saysMore ? failure : byStatus(status));
    }

    static ServiceException byStatus(int status) {
        return new ServiceException(errorFor(status), detailFor(status));
    }

    private static ErrorCode errorFor(int status) {
        return switch (status) {
            case 401 -> PlatformError.UNAUTHENTICATED;
            case 403 -> PlatformError.FORBIDDEN;
            case 404 -> PlatformError.NOT_FOUND;
            case 405 -> PlatformError.METHOD_NOT_ALLOWED;
            case 406 -> PlatformError.NOT_ACCEPTABLE;
            case 409 -> PlatformError.CONFLICT;
            case 412 -> PlatformError.PRECONDITION_FAILED;
            case 413 -> PlatformError.BODY_TOO_LARGE;
            case 415 -> PlatformError.UNSUPPORTED_MEDIA_TYPE;
            case 428 -> PlatformError.PRECONDITION_REQUIRED;
            case 503 -> PlatformError.OVERLOADED;
            default -> status >= 500 ? PlatformError.INTERNAL : PlatformError.BAD_REQUEST;
        };
    }

    private static String detailFor(int status) {
        return switch (status) {
            case 404 -> "No resource has this path.";
            case 405 -> "The resource is there and takes other methods; the documentation of the API lists them.";
            case 406 -> "Answers are application/json.";
            case 413 -> "Send less; file bytes go to the object store by a presigned URL.";
            case 415 -> "Send application/json; to PATCH, send application/merge-patch+json.";
            default -> errorFor(status).title() + ".";
        };
    }
}
